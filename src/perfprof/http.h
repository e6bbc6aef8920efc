/*
 * Requests of HTTP/1.x as far as a server of profiles needs them, and its answers: text in, text
 * out.  Bytes come from anywhere; a request is bounded and has no body.
 */
#ifndef PC_PERFPROF_HTTP_H
#define PC_PERFPROF_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum { PC_HTTP_MAX = 8192, PC_HTTP_TARGET = 1024 };

struct pc_http_request {
    bool is_head;               /* nothing but the header of the answer is wanted */
    char path[PC_HTTP_TARGET];  /* "/debug/pprof/profile", without escapes */
    char query[PC_HTTP_TARGET]; /* behind the '?', "" without */
};

/* What to say instead of an answer. */
struct pc_http_refusal {
    int status; /* 400, ... */
    const char *why;
};

enum pc_http_found { PC_HTTP_MORE, PC_HTTP_REQUEST, PC_HTTP_REFUSED };

/* Look at the first `n` bytes of a request.  MORE: it has not ended, and nothing is wrong so
 * far.  A request that names another host than this machine's loopback is refused: a page of
 * the web could have sent it. */
enum pc_http_found pc_http_parse(const char *bytes, size_t n,
                                 struct pc_http_request *request,
                                 struct pc_http_refusal *refusal);

/* The number that `name` has in the query, from 1 to `max`; `*value` stays when it has none.
 * False when it is anything else. */
bool pc_http_number(const struct pc_http_request *request, const char *name, long max,
                    long *value);

/* Append a whole answer; `is_head` leaves the body out.  The connection ends with it. */
void pc_http_answer(struct pc_str *out, int status, const char *type, const char *body,
                    size_t n, bool is_head);

/* The same with one sentence of text. */
void pc_http_say(struct pc_str *out, int status, const char *sentence, bool is_head);

#endif
