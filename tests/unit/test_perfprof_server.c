/*
 * The server of profiles, over sockets: what it answers, to whom, and what it survives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "perfprof/server.h"
#include "perfprof/session.h"
#include "profile/pprof.h"

static const struct pc_server_patience usual = {.request = 60000, .answer = 60000};

static struct pc_server *start(const struct pc_server_patience *patience)
{
    struct pc_err err;
    struct pc_server *server = pc_server_start(0, patience, &err);
    if (!server)
        fail_msg("%s", err.msg);
    return server;
}

static int try_connect(const char *address, int port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, address, &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (const struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    close(fd);
    return -1;
}

static int dial(const struct pc_server *server)
{
    int fd = try_connect("127.0.0.1", pc_server_port(server));
    assert_true(fd >= 0);
    return fd;
}

static void tell(int fd, const char *bytes, size_t n)
{
    assert_int_equal(send(fd, bytes, n, MSG_NOSIGNAL), n);
}

/* All that comes until the other side ends. */
static void hear(int fd, struct pc_str *out)
{
    char piece[4096];
    for (ssize_t n; (n = recv(fd, piece, sizeof piece, 0)) > 0;)
        pc_str_add(out, piece, (size_t)n);
    close(fd);
}

/* The status of the answer; its body is in `body` unless that is NULL. */
static int status_of(int fd, struct pc_str *body)
{
    struct pc_str out = {0};
    hear(fd, &out);
    const char *text = pc_str_get(&out), *end = strstr(text, "\r\n\r\n");
    int status = 0;
    sscanf(text, "HTTP/1.1 %d", &status);
    if (body && end)
        pc_str_add(body, end + 4, out.len - (size_t)(end + 4 - text));
    pc_str_fini(&out);
    return status;
}

static int ask(const struct pc_server *server, const char *target)
{
    int fd = dial(server);
    char *request =
        pc_strfmt("GET /debug/pprof/%s HTTP/1.1\r\nHost: localhost\r\n\r\n", target);
    tell(fd, request, strlen(request));
    free(request);
    return fd;
}

/* Entries of a folder of /proc. */
static size_t entries(const char *path)
{
    size_t n = 0;
    char **names = pc_dir_names(path, NULL);
    while (names && names[n])
        n++;
    pc_names_free(names);
    return n;
}

static void each_request_has_its_status(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        int status;
        const char *says;
    } rows[] = {
        {"", 200, "profile?seconds=30"},
        {"", 200, "\nheap "},
        {"", 200, "\nmutex "},
        {"mutex?seconds=0", 400, "from 1 to 600"},
        {"threads?debug=1", 200, "  pprof-server\n"},
        {"threads?debug=x", 200, ""},
        {"heap", 404, "not recorded"},
        {"allocs", 404, "not recorded"},
        {"heap?seconds=0", 400, "from 1 to 600"},
        {"mutex", 404, "not recorded"},
        {"../../etc/passwd", 404, "see /debug/pprof/"},
        {"profile?seconds=0", 400, "from 1 to 600"},
        {"profile?seconds=601", 400, "from 1 to 600"},
        {"wall?seconds=x", 400, "from 1 to 600"},
    };
    struct pc_server *server = start(&usual);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str body = {0};
        int status = status_of(ask(server, rows[i].target), &body);
        if (status != rows[i].status || !strstr(pc_str_get(&body), rows[i].says))
            fail_msg("%s: %d %s", rows[i].target, status, pc_str_get(&body));
        pc_str_fini(&body);
    }
    pc_server_stop(server);
}

/* The rest is in test_perfprof_http.c. */
static void bad_requests_are_told_so_and_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n, times;
        int status;
    } rows[] = {
        {"\0\1\2\3", 4, 1, 400},
        {"\377\376\r\n\r\n", 6, 1, 400},
        {"POST / HTTP/1.1\r\n\r\n", 19, 1, 405},
        {"aaaaaaaaaaaaaaaa", 16, 512, 414},
        {"GET / HTTP/1.1\r\nA: b\r\nA: b\r\nA: b\r\n", 34, 1, 0},
        {"", 0, 1, 0},
    };
    struct pc_server *server = start(&usual);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        int fd = dial(server);
        for (size_t k = 0; k < rows[i].times; k++)
            tell(fd, rows[i].text, rows[i].n);
        if (!rows[i].status)
            shutdown(fd, SHUT_WR); /* and no more comes */
        assert_int_equal(status_of(fd, NULL), rows[i].status);
    }
    assert_int_equal(status_of(ask(server, ""), NULL), 200);
    pc_server_stop(server);
}

static void a_request_may_come_byte_by_byte(void **state)
{
    (void)state;
    static const char request[] = "GET /debug/pprof/ HTTP/1.1\r\n\r\n";
    struct pc_server *server = start(&usual);
    int fd = dial(server);
    for (size_t i = 0; i < sizeof request - 1; i++)
        tell(fd, request + i, 1);
    assert_int_equal(status_of(fd, NULL), 200);
    pc_server_stop(server);
}

static void who_does_not_go_on_is_sent_away(void **state)
{
    (void)state;
    struct pc_server *server = start(&(struct pc_server_patience){100, 100});
    int silent = dial(server), slow = dial(server);
    tell(slow, "GET /debug", 10);
    assert_int_equal(status_of(silent, NULL), 408);
    assert_int_equal(status_of(slow, NULL), 408);
    pc_server_stop(server);
}

static void many_who_wait_keep_others_waiting_only_for_a_while(void **state)
{
    (void)state;
    enum { CROWD = 24 };
    struct pc_server *server = start(&(struct pc_server_patience){300, 300});
    int crowd[CROWD];
    for (int i = 0; i < CROWD; i++)
        crowd[i] = try_connect("127.0.0.1", pc_server_port(server));
    for (int i = 0; i < CROWD; i += 2)
        close(crowd[i]);
    assert_int_equal(status_of(ask(server, ""), NULL), 200);
    for (int i = 1; i < CROWD; i += 2)
        close(crowd[i]);
    pc_server_stop(server);
}

static void a_profile_is_one_that_can_be_read(void **state)
{
    (void)state;
    struct pc_server *server = start(&usual);
    int fd = ask(server, "profile?seconds=1");
    volatile uint64_t x = 1;
    struct timespec until, now;
    clock_gettime(CLOCK_MONOTONIC, &until);
    do { /* work, beyond the end of the profile */
        for (int i = 0; i < 100000; i++)
            x = x * 6364136223846793005u + 1;
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec < until.tv_sec + 2);
    struct pc_str body = {0};
    assert_int_equal(status_of(fd, &body), 200);
    struct pc_profile profile;
    struct pc_err err;
    if (!pc_pprof_decode(body.s, body.len, &profile, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(profile.kind, PC_PROFILE_CPU);
    assert_true(profile.taken > 0);
    assert_true(profile.wall_ns > 900000000);
    pc_profile_fini(&profile);
    pc_str_fini(&body);
    pc_server_stop(server);
}

/* The thread that asks is there, with its stack: as a file, as text, and without a stack while
 * another profile is being taken.  A machine that is busy may not let it be looked at in time. */
static void threads_are_shown_where_they_are(void **state)
{
    (void)state;
    enum { TRIES = 20 };
    struct pc_server *server = start(&usual);
    struct pc_str body = {0};
    struct pc_err err;
    bool found = false;
    for (int i = 0; i < TRIES && !found; i++) {
        body.len = 0;
        assert_int_equal(status_of(ask(server, "threads?debug=1"), &body), 200);
        found = strstr(pc_str_get(&body), "    threads_are_shown_where_they_are ");
    }
    assert_true(found);
    assert_non_null(strstr(body.s, "  pprof-server\n    no stack: "));
    struct pc_profile profile;
    body.len = 0;
    assert_int_equal(status_of(ask(server, "threads"), &body), 200);
    if (!pc_pprof_decode(body.s, body.len, &profile, &err))
        fail_msg("%s", err.msg);
    assert_string_equal(profile.types[0].name, "threads");
    assert_int_equal(pc_profile_total(&profile, 0), profile.samples.n);
    pc_profile_fini(&profile);
    char *target;
    assert_true(pc_session_begin(PC_SAMPLER_CPU, "/tmp/unused", &err));
    body.len = 0;
    assert_int_equal(status_of(ask(server, "threads"), &body), 409);
    assert_int_equal(status_of(ask(server, "threads?debug=1"), &body), 200);
    assert_non_null(strstr(body.s, "no stacks: a profile is being taken"));
    assert_true(pc_session_end(&target, NULL, &err));
    free(target);
    pc_str_fini(&body);
    pc_server_stop(server);
}

static void one_profile_is_taken_at_a_time(void **state)
{
    (void)state;
    struct pc_server *server = start(&usual);
    struct pc_err err;
    assert_true(pc_session_begin(PC_SAMPLER_CPU, "/tmp/unused", &err));
    struct pc_str body = {0};
    assert_int_equal(status_of(ask(server, "profile?seconds=1"), &body), 409);
    assert_string_equal(body.s, "a profile is being taken already\n");
    pc_str_fini(&body);
    char *target;
    assert_false(pc_session_end(NULL, NULL, &err));
    assert_true(pc_session_end(&target, NULL, &err));
    assert_string_equal(target, "/tmp/unused");
    free(target);
    pc_server_stop(server);
}

/* Until the profile that somebody asked for is being taken, or not any more.  It is not ours to
 * end, and why not tells what there is. */
static void await_session(bool is_on)
{
    struct pc_err err;
    char *target;
    do {
        usleep(1000);
        assert_false(pc_session_end(&target, NULL, &err));
    } while ((strstr(err.msg, "another one") != NULL) != is_on);
}

static void whoever_hangs_up_gives_the_profile_up(void **state)
{
    (void)state;
    struct pc_server *server = start(&usual);
    int fd = ask(server, "wall?seconds=600");
    await_session(true);
    assert_int_equal(status_of(ask(server, "profile?seconds=1"), NULL), 409);
    close(fd);
    await_session(false);
    pc_server_stop(server);
}

static void stopping_ends_all_and_leaves_nothing(void **state)
{
    (void)state;
    size_t fds = entries("/proc/self/fd"), threads = entries("/proc/self/task");
    for (int i = 0; i < 20; i++) {
        struct pc_server *server = start(&usual);
        int fd = ask(server, "profile?seconds=600"), idle = dial(server);
        if (i % 2)
            await_session(true);
        pc_server_stop(server);
        assert_int_equal(status_of(fd, NULL), 0);
        assert_int_equal(status_of(idle, NULL), 0);
        await_session(false);
    }
    assert_int_equal(entries("/proc/self/fd"), fds);
    while (entries("/proc/self/task") != threads) /* the system is slower than join */
        usleep(1000);
}

static void only_the_loopback_is_listened_to(void **state)
{
    (void)state;
    struct pc_server *server = start(&usual);
    int port = pc_server_port(server);
    assert_in_range(port, 1, 65535);
    assert_int_equal(try_connect("127.0.0.2", port), -1);
    struct pc_err err;
    assert_null(pc_server_start(port, &usual, &err));
    assert_non_null(strstr(err.msg, "in use"));
    assert_null(pc_server_start(-1, &usual, &err));
    assert_null(pc_server_start(65536, &usual, &err));
    assert_string_equal(err.msg, "a port is a number from 0 to 65535");
    pc_server_stop(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_request_has_its_status),
        cmocka_unit_test(bad_requests_are_told_so_and_end),
        cmocka_unit_test(a_request_may_come_byte_by_byte),
        cmocka_unit_test(who_does_not_go_on_is_sent_away),
        cmocka_unit_test(many_who_wait_keep_others_waiting_only_for_a_while),
        cmocka_unit_test(a_profile_is_one_that_can_be_read),
        cmocka_unit_test(threads_are_shown_where_they_are),
        cmocka_unit_test(one_profile_is_taken_at_a_time),
        cmocka_unit_test(whoever_hangs_up_gives_the_profile_up),
        cmocka_unit_test(stopping_ends_all_and_leaves_nothing),
        cmocka_unit_test(only_the_loopback_is_listened_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
