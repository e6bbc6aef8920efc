/* An ordinary program that is to be run shut in; its argument says what it does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int overflow(void)
{
    volatile size_t n = 41;
    char *p = malloc(40);
    memset(p, 1, n);
    int sum = p[0] + p[39];
    free(p);
    return sum;
}

static int is_denied(int rc)
{
    return rc == -1 && errno == EPERM;
}

static int escape(char **argv)
{
    pid_t pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    if (!is_denied((int)pid))
        return 1;
    if (!is_denied(execv("/proc/self/exe", argv)))
        return 2;
    if (!is_denied(unlink("/nothing")))
        return 3;
    return 0;
}

static int work(void)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    for (int k = 0; k < 10000; k++)
        fprintf(f, "%d ", k);
    fclose(f);
    free(text);
    return puts("done") < 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "work";
    if (strcmp(what, "overflow") == 0)
        return overflow();
    if (strcmp(what, "escape") == 0)
        return escape(argv);
    if (strcmp(what, "answer") == 0)
        return write(4, "tests token=1\n", 14) != 14;
    if (strcmp(what, "undefined") == 0) {
        volatile int big = 2147483647;
        big += argc;
        return 0;
    }
    return work();
}
