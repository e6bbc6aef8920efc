#include "script/run.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/interpreter.h"
#include "script/lesson.h"
#include "script/source.h"
#include "script/verbs.h"

struct pc_lesson_run {
    char *name; /* "07 lesson.lua" */
    char *text, *experiment;
    struct pc_interpreter in;
    lua_State *thread; /* where the function runs */
    struct pc_asking asking;
    bool begun;
};

static void get_table(lua_State *L, const char *key, const char *path)
{
    if (lua_getfield(L, -1, key) != LUA_TTABLE)
        luaL_error(L, "%s must be a table", path);
}

/* Called by lua_pcall: run the file and find the function; it is left on a thread of its
 * own, together with its argument. */
static int prepare(lua_State *L)
{
    struct pc_lesson_run *run = lua_touserdata(L, 1);
    pc_interpreter_load(L, &run->in);
    if (!lua_istable(L, -1))
        luaL_error(L, "the file must return a table");
    get_table(L, "experiments", "experiments");
    get_table(L, run->experiment, run->experiment);
    if (lua_getfield(L, -1, "run") != LUA_TFUNCTION)
        luaL_error(L, "experiments.%s.run must be a function", run->experiment);
    run->thread = lua_newthread(L);
    luaL_ref(L, LUA_REGISTRYINDEX); /* keeps it alive */
    pc_verbs_push(L, &run->asking);
    lua_xmove(L, run->thread, 2);
    pc_library_start(run->thread);
    return 0;
}

struct pc_lesson_run *pc_lesson_run_create_of(const char *name, const char *text, size_t n,
                                              const char *experiment, struct pc_err *err)
{
    struct pc_lesson_run *run = pc_alloc(sizeof *run);
    run->name = pc_strdup(name);
    run->text = pc_alloc(n + 1);
    memcpy(run->text, text, n);
    run->experiment = pc_strdup(experiment);
    run->asking.name = run->name;
    bool ok = pc_interpreter_open(&run->in, run->name, run->text, n, err);
    if (ok) {
        lua_State *L = run->in.L;
        lua_pushcfunction(L, prepare);
        lua_pushlightuserdata(L, run);
        int status = lua_pcall(L, 1, 0, 0);
        ok = status == LUA_OK || pc_interpreter_explain(L, status, &run->in, err);
    }
    if (ok)
        return run;
    pc_lesson_run_free(run);
    return NULL;
}

struct pc_lesson_run *pc_lesson_run_create(const struct pc_course *course,
                                           const struct pc_topic *topic,
                                           const struct pc_experiment *experiment,
                                           struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *name = pc_lesson_name(topic);
    PC_AUTO(pc_auto_free) char *path = pc_lesson_file(course, topic);
    struct pc_script_source source;
    struct pc_lesson_run *run = NULL;
    if (pc_script_source_read(path, name, &source, err))
        run = pc_lesson_run_create_of(name, source.text, source.n, experiment->name, err);
    pc_script_source_fini(&source);
    return run;
}

const struct pc_asking *pc_lesson_run_asking(const struct pc_lesson_run *run)
{
    return &run->asking;
}

enum pc_lesson_step pc_lesson_run_next(struct pc_lesson_run *run,
                                       const struct pc_answer *answer,
                                       const struct pc_request **request,
                                       struct pc_err *err)
{
    int results, arguments = run->begun ? 0 : 1;
    run->begun = true;
    run->asking.answer = answer;
    int status = lua_resume(run->thread, NULL, arguments, &results);
    run->asking.answer = NULL;
    if (status == LUA_YIELD) {
        *request = &run->asking.request;
        return PC_LESSON_ASKS;
    }
    bool ok = status == LUA_OK ? pc_asking_is_complete(&run->asking, err)
                               : pc_interpreter_explain(run->thread, status, &run->in, err);
    return ok ? PC_LESSON_DONE : PC_LESSON_FAILED;
}

void pc_lesson_run_free(struct pc_lesson_run *run)
{
    if (!run)
        return;
    pc_interpreter_close(&run->in);
    pc_asking_fini(&run->asking);
    free(run->name);
    free(run->text);
    free(run->experiment);
    free(run);
}
