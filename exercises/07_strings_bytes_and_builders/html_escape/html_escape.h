/*
 * Make text safe to stand in a page of HTML.
 */
#ifndef HTML_ESCAPE_H
#define HTML_ESCAPE_H

#include <stddef.h>

/*
 * Copy the string `s`, with five characters replaced:
 *
 *     &  &amp;     <  &lt;     >  &gt;     "  &quot;     '  &#39;
 *
 * All others are copied as they are, bytes above 127 too.  What looks escaped already is
 * escaped once more: "&lt;" becomes "&amp;lt;".
 *
 * Stores the length of the answer, without its NUL, in `*outlen`.  The answer comes from
 * malloc (or realloc) and belongs to the caller, who frees it with free(); that is so for
 * text without any such character, too.  It is NULL, with errno ENOMEM, only when there was
 * not enough memory; then nothing stays allocated, and `*outlen` does not matter.
 */
char *html_escape(const char *s, size_t *outlen);

#endif
