/*
 * Requests that a server of profiles gets, good and bad ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "perfprof/http.h"

/* In memory of just this size, so that a sanitizer sees what reads on. */
static enum pc_http_found parse(const char *text, size_t n, struct pc_http_request *request,
                                struct pc_http_refusal *refusal)
{
    char *bytes = pc_alloc(n ? n : 1);
    memcpy(bytes, text, n);
    memset(request, 0, sizeof *request);
    enum pc_http_found found = pc_http_parse(bytes, n, request, refusal);
    free(bytes);
    return found;
}

static void a_request_has_a_path_and_a_query(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path, *query;
        bool is_head;
    } rows[] = {
        {"GET / HTTP/1.1\r\n\r\n", "/", "", false},
        {"GET / HTTP/1.0\n\n", "/", "", false},
        {"HEAD /a?b HTTP/1.1\r\nHost: localhost\r\n\r\n", "/a", "b", true},
        {"GET /debug/pprof/profile?seconds=5 HTTP/1.1\r\nhost: 127.0.0.1:80\r\n"
         "User-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n\r\n",
         "/debug/pprof/profile", "seconds=5", false},
        {"GET /?a?b HTTP/1.1\r\nHost: [::1]:8080\r\nContent-Length: 0\r\n\r\n", "/", "a?b",
         false},
        {"GET / HTTP/1.1\r\nHost:\tLOCALHOST \r\n\r\nGET /next HTTP/1.1\r\n\r\n", "/", "",
         false},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_http_request request;
        struct pc_http_refusal refusal;
        size_t n = strlen(rows[i].text);
        assert_int_equal(parse(rows[i].text, n, &request, &refusal), PC_HTTP_REQUEST);
        assert_string_equal(request.path, rows[i].path);
        assert_string_equal(request.query, rows[i].query);
        assert_int_equal(request.is_head, rows[i].is_head);
    }
}

static void a_request_that_has_not_ended_is_waited_for(void **state)
{
    (void)state;
    static const char whole[] =
        "GET /debug/pprof/?a=b HTTP/1.1\r\nHost: localhost:1\r\nAccept: */*\r\n\r\n";
    struct pc_http_request request;
    struct pc_http_refusal refusal;
    for (size_t n = 0; n < sizeof whole - 1; n++)
        assert_int_equal(parse(whole, n, &request, &refusal), PC_HTTP_MORE);
    assert_int_equal(parse(whole, sizeof whole - 1, &request, &refusal), PC_HTTP_REQUEST);
}

static void what_is_wrong_has_its_own_status(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int status;
    } rows[] = {
        {"\n", 400},
        {"GET\r\n", 400},
        {"GET /\r\n", 400},
        {"get / HTTP/1.1\r\n", 400},
        {" / HTTP/1.1\r\n", 400},
        {"GET debug HTTP/1.1\r\n", 400},
        {"GET http://localhost/ HTTP/1.1\r\n", 400},
        {"GET / HTTP/1.1\r\nno colon\r\n", 400},
        {"GET /\001 HTTP/1.1", 400},
        {"\026\003\001\002", 400},
        {"GET / HTTP/2.0\r\n", 505},
        {"GET / HTTP/1.10\r\n", 505},
        {"GET / SMTP/1.1\r\n", 505},
        {"POST / HTTP/1.1\r\n", 405},
        {"DELETE /debug/pprof/profile HTTP/1.1\r\n", 405},
        {"GETS / HTTP/1.1\r\n", 405},
        {"GET / HTTP/1.1\r\nHost: example.com\r\n", 403},
        {"GET / HTTP/1.1\r\nHost: localhost.example.com\r\n", 403},
        {"GET / HTTP/1.1\r\nHost: 127.0.0.1.example.com:80\r\n", 403},
        {"GET / HTTP/1.1\r\nHost:\r\n", 403},
        {"GET / HTTP/1.1\r\nContent-Length: 10\r\n", 413},
        {"GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n", 413},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_http_request request;
        struct pc_http_refusal refusal = {0};
        size_t n = strlen(rows[i].text);
        if (parse(rows[i].text, n, &request, &refusal) != PC_HTTP_REFUSED ||
            refusal.status != rows[i].status)
            fail_msg("%s: %d", rows[i].text, refusal.status);
        assert_non_null(refusal.why);
    }
}

static void length_is_bounded(void **state)
{
    (void)state;
    struct pc_http_request request;
    struct pc_http_refusal refusal = {0};
    char *text = pc_alloc(PC_HTTP_MAX + 1);
    memset(text, 'a', PC_HTTP_MAX);
    assert_int_equal(parse(text, PC_HTTP_MAX, &request, &refusal), PC_HTTP_REFUSED);
    assert_int_equal(refusal.status, 414);
    memcpy(text, "GET /", 5);
    memcpy(text + PC_HTTP_TARGET + 10, " HTTP/1.1\r\n", 11);
    assert_int_equal(parse(text, PC_HTTP_TARGET + 21, &request, &refusal), PC_HTTP_REFUSED);
    assert_int_equal(refusal.status, 414);
    memcpy(text, "GET / HTTP/1.1\r\nX: ", 19);
    assert_int_equal(parse(text, PC_HTTP_MAX, &request, &refusal), PC_HTTP_REFUSED);
    assert_int_equal(refusal.status, 431);
    free(text);
}

static void any_bytes_are_a_request_or_refused(void **state)
{
    (void)state;
    static const char sound[] =
        "GET /debug/pprof/profile?seconds=5 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    for (int round = 0; round < 20000; round++) {
        char text[sizeof sound];
        memcpy(text, sound, sizeof sound);
        for (int k = 0; k <= round % 5; k++)
            text[pc_rng_below(&rng, sizeof sound - 1)] = (char)pc_rng_next(&rng);
        struct pc_http_request request;
        struct pc_http_refusal refusal = {0};
        size_t n = pc_rng_below(&rng, sizeof sound);
        if (parse(text, n, &request, &refusal) == PC_HTTP_REFUSED)
            assert_in_range(refusal.status, 400, 505);
        assert_true(memchr(request.path, '\0', sizeof request.path) != NULL);
        assert_true(memchr(request.query, '\0', sizeof request.query) != NULL);
    }
}

static void numbers_of_the_query_are_in_range_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        long value; /* 0: refused */
    } rows[] = {
        {"", 30},
        {"debug=1", 30},
        {"seconds=5", 5},
        {"seconds=600", 600},
        {"a=b&seconds=7&c", 7},
        {"seconds", 30},
        {"xseconds=9", 30},
        {"seconds=0", 0},
        {"seconds=601", 0},
        {"seconds=", 0},
        {"seconds=-1", 0},
        {"seconds=1.5", 0},
        {"seconds=5s", 0},
        {"seconds=99999999999", 0},
        {"seconds=%35", 0},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_http_request request = {0};
        strcpy(request.query, rows[i].query);
        long value = 30;
        bool fine = pc_http_number(&request, "seconds", 600, &value);
        if (fine != (rows[i].value > 0) || (fine && value != rows[i].value))
            fail_msg("%s: %ld", rows[i].query, value);
    }
}

static void an_answer_says_how_long_it_is(void **state)
{
    (void)state;
    struct pc_str out = {0};
    pc_http_say(&out, 405, "no", false);
    assert_non_null(strstr(out.s, "HTTP/1.1 405 Method Not Allowed\r\n"));
    assert_non_null(strstr(out.s, "\r\nContent-Length: 3\r\n"));
    assert_non_null(strstr(out.s, "\r\nAllow: GET, HEAD\r\n"));
    assert_string_equal(strstr(out.s, "\r\n\r\n"), "\r\n\r\nno\n");
    pc_str_fini(&out);
    pc_http_say(&out, 404, "no", true);
    assert_string_equal(strstr(out.s, "\r\n\r\n"), "\r\n\r\n");
    assert_null(strstr(out.s, "Allow"));
    pc_str_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_has_a_path_and_a_query),
        cmocka_unit_test(a_request_that_has_not_ended_is_waited_for),
        cmocka_unit_test(what_is_wrong_has_its_own_status),
        cmocka_unit_test(length_is_bounded),
        cmocka_unit_test(any_bytes_are_a_request_or_refused),
        cmocka_unit_test(numbers_of_the_query_are_in_range_or_refused),
        cmocka_unit_test(an_answer_says_how_long_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
