/*
 * json_at [NAME|INDEX...]: the value at a place of the JSON document on standard input, as JSON
 * writes it.  Fails when the document is not valid, or has no such place.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

int main(int argc, char **argv)
{
    json_error_t error;
    json_t *root = json_loadf(stdin, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        fprintf(stderr, "json_at: line %d: %s\n", error.line, error.text);
        return 1;
    }
    const json_t *value = root;
    for (int i = 1; value && i < argc; i++)
        value = isdigit((unsigned char)argv[i][0])
                    ? json_array_get(value, strtoul(argv[i], NULL, 10))
                    : json_object_get(value, argv[i]);
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    if (text)
        puts(text);
    else
        fprintf(stderr, "json_at: there is no such place\n");
    int code = text ? 0 : 1;
    free(text);
    json_decref(root);
    return code;
}
