#include "engine/page.h"

#include <langinfo.h>
#include <string.h>

#include "markup/markup.h"

char *pc_page_text(const char *markdown, size_t n, size_t width, bool plain)
{
    struct pc_markup_options options = {
        .width = width ? width : PC_MARKUP_MEASURE,
        .ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
        .plain = plain,
    };
    struct pc_document *document = pc_markup_render(markdown, n, &options);
    char *text = pc_document_text(document);
    pc_document_free(document);
    return text;
}
