#include "tui/links.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "model/course.h"

static const char scheme[] = "experiment:";

const struct pc_experiment *pc_link_experiment(const struct pc_topic *topic,
                                               const char *url)
{
    if (strncmp(url, scheme, sizeof scheme - 1) != 0)
        return NULL;
    return pc_topic_experiment(topic, url + sizeof scheme - 1, NULL);
}

static bool is_web(const char *url)
{
    return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
}

static void on_closed(void *ctx, int status)
{
    struct pc_browser *browser = ctx;
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        pc_app_say(browser->app, "the browser ended with status %d", WEXITSTATUS(status));
}

/* $BROWSER may hold arguments, so a shell splits it, as it does for an editor; of several,
 * separated by colons, the first is taken. */
static void open_web(struct pc_browser *browser, const char *url)
{
    static const char script[] = "exec ${BROWSER%%:*} \"$1\"";
    const char *const argv[] = {"sh", "-c", script, "sh", url, NULL};
    struct pc_err err;
    if (!pc_app_lend(browser->app, argv, on_closed, browser, &err))
        pc_app_say(browser->app, "%s", err.msg);
}

struct pc_view *pc_link_follow(struct pc_browser *browser, const struct pc_topic *topic,
                               const char *url)
{
    const struct pc_experiment *experiment = pc_link_experiment(topic, url);
    const char *program = getenv("BROWSER");
    if (experiment) {
        struct pc_err err;
        struct pc_view *view = pc_experiment_create(browser, topic, experiment, &err);
        if (!view)
            pc_app_say(browser->app, "%s", err.msg);
        return view;
    }
    if (is_web(url) && program && *program) {
        open_web(browser, url);
        return NULL;
    }
    pc_app_copy(browser->app, url, strlen(url));
    pc_app_say(browser->app, "copied %s", url);
    return NULL;
}
