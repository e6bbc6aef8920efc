#include "perfprof/http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

static const struct {
    int status;
    const char *name;
} statuses[] = {{200, "OK"},
                {400, "Bad Request"},
                {403, "Forbidden"},
                {404, "Not Found"},
                {405, "Method Not Allowed"},
                {408, "Request Timeout"},
                {409, "Conflict"},
                {413, "Content Too Large"},
                {414, "URI Too Long"},
                {431, "Request Header Fields Too Large"},
                {500, "Internal Server Error"},
                {505, "HTTP Version Not Supported"}};

static enum pc_http_found refuse(struct pc_http_refusal *refusal, int status,
                                 const char *why)
{
    *refusal = (struct pc_http_refusal){.status = status, .why = why};
    return PC_HTTP_REFUSED;
}

/* A line that ends at or before `limit`; NULL when its end is not there. */
static const char *line_end(const char *line, const char *limit)
{
    return memchr(line, '\n', (size_t)(limit - line));
}

static size_t length_of(const char *line, const char *end)
{
    size_t n = (size_t)(end - line);
    return n > 0 && line[n - 1] == '\r' ? n - 1 : n;
}

/* What no header has, seen before a line ends: a client that speaks something else is told
 * at once. */
static bool is_text(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 127)
            return false;
    }
    return true;
}

static bool copy(char to[PC_HTTP_TARGET], const char *from, size_t n)
{
    if (n >= PC_HTTP_TARGET)
        return false;
    memcpy(to, from, n);
    to[n] = '\0';
    return true;
}

/* "GET /path?query HTTP/1.1" */
static enum pc_http_found read_first_line(const char *line, size_t n,
                                          struct pc_http_request *request,
                                          struct pc_http_refusal *refusal)
{
    const char *end = line + n, *target = memchr(line, ' ', n);
    const char *version =
        target ? memchr(target + 1, ' ', (size_t)(end - target - 1)) : NULL;
    if (!version)
        return refuse(refusal, 400, "a request is METHOD PATH HTTP/1.1");
    size_t method = (size_t)(target - line);
    if (strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < method || method == 0)
        return refuse(refusal, 400, "a method is a word of capital letters");
    if (end - version != 9 || memcmp(version, " HTTP/1.", 8) != 0)
        return refuse(refusal, 505, "this server speaks HTTP/1.1");
    request->is_head = method == 4 && memcmp(line, "HEAD", 4) == 0;
    if (!request->is_head && (method != 3 || memcmp(line, "GET", 3) != 0))
        return refuse(refusal, 405, "only GET and HEAD are answered here");
    target++;
    if (*target != '/')
        return refuse(refusal, 400, "a path begins with '/'");
    const char *query = memchr(target, '?', (size_t)(version - target));
    const char *path_end = query ? query : version;
    if (!copy(request->path, target, (size_t)(path_end - target)) ||
        !copy(request->query, query ? query + 1 : "",
              query ? (size_t)(version - query - 1) : 0))
        return refuse(refusal, 414, "the path is too long");
    return PC_HTTP_REQUEST;
}

/* A name of this machine's loopback, with any port behind it. */
static bool is_loopback(const char *host, size_t n)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        size_t m = strlen(names[i]);
        if (n >= m && strncasecmp(host, names[i], m) == 0 && (n == m || host[m] == ':'))
            return true;
    }
    return false;
}

/* "Name: value"; the value of the wanted name, without blanks around it. */
static bool is_field(const char *line, size_t n, const char *name, const char **value,
                     size_t *length)
{
    size_t m = strlen(name);
    if (n <= m || line[m] != ':' || strncasecmp(line, name, m) != 0)
        return false;
    const char *from = line + m + 1, *end = line + n;
    while (from < end && (*from == ' ' || *from == '\t'))
        from++;
    while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    *value = from;
    *length = (size_t)(end - from);
    return true;
}

static enum pc_http_found read_field(const char *line, size_t n,
                                     struct pc_http_refusal *refusal)
{
    const char *value;
    size_t length;
    if (!memchr(line, ':', n))
        return refuse(refusal, 400, "a field of the header is NAME: VALUE");
    if (is_field(line, n, "host", &value, &length) && !is_loopback(value, length))
        return refuse(refusal, 403, "requests go to localhost by its name or address");
    if (is_field(line, n, "content-length", &value, &length) &&
        (length != 1 || *value != '0'))
        return refuse(refusal, 413, "requests have no body here");
    if (is_field(line, n, "transfer-encoding", &value, &length))
        return refuse(refusal, 413, "requests have no body here");
    return PC_HTTP_REQUEST;
}

enum pc_http_found pc_http_parse(const char *bytes, size_t n,
                                 struct pc_http_request *request,
                                 struct pc_http_refusal *refusal)
{
    const char *limit = bytes + n, *end = line_end(bytes, limit);
    if (!is_text(bytes, n))
        return refuse(refusal, 400, "this is no request of HTTP");
    if (!end)
        return n < 2 * PC_HTTP_TARGET ? PC_HTTP_MORE
                                      : refuse(refusal, 414, "the request has no end");
    enum pc_http_found found =
        read_first_line(bytes, length_of(bytes, end), request, refusal);
    while (found == PC_HTTP_REQUEST) {
        const char *line = end + 1;
        end = line_end(line, limit);
        if (!end)
            return n < PC_HTTP_MAX ? PC_HTTP_MORE
                                   : refuse(refusal, 431, "the header is too long");
        size_t length = length_of(line, end);
        if (length == 0)
            return PC_HTTP_REQUEST;
        found = read_field(line, length, refusal);
    }
    return found;
}

bool pc_http_number(const struct pc_http_request *request, const char *name, long max,
                    long *value)
{
    size_t n = strlen(name);
    for (const char *at = request->query; *at;) {
        size_t length = strcspn(at, "&");
        if (length > n && at[n] == '=' && memcmp(at, name, n) == 0) {
            const char *digits = at + n + 1;
            size_t count = length - n - 1;
            if (count == 0 || count > 9 || strspn(digits, "0123456789") < count)
                return false;
            *value = strtol(digits, NULL, 10);
            return *value >= 1 && *value <= max;
        }
        at += length + (at[length] == '&');
    }
    return true;
}

/* By X-Go-Pprof `go tool pprof` knows that the text of a refusal is for people. */
void pc_http_answer(struct pc_str *out, int status, const char *type, const char *body,
                    size_t n, bool is_head)
{
    size_t k = 0;
    while (k + 1 < PC_COUNT(statuses) && statuses[k].status != status)
        k++;
    pc_str_addf(out,
                "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                "X-Go-Pprof: 1\r\n%s"
                "Connection: close\r\n\r\n",
                status, statuses[k].name, type, n,
                status == 405 ? "Allow: GET, HEAD\r\n" : "");
    if (!is_head)
        pc_str_add(out, body, n);
}

void pc_http_say(struct pc_str *out, int status, const char *sentence, bool is_head)
{
    struct pc_str body = {0};
    pc_str_addf(&body, "%s\n", sentence);
    pc_http_answer(out, status, "text/plain; charset=utf-8", body.s, body.len, is_head);
    pc_str_fini(&body);
}
