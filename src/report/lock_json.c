#include "report/lock_json.h"

#include "report/lock_waits.h"
#include "report/parts.h"

static void add_place(json_t *row, const struct pc_profile *profile, uint32_t frame)
{
    const struct pc_frame *at = frame == PC_NO_FRAME ? NULL : &profile->frames.items[frame];
    const struct pc_function *f = at ? &profile->functions.items[at->function] : NULL;
    json_object_set_new(row, "function", pc_json_text(f ? f->name : ""));
    json_object_set_new(row, "file", pc_json_text(f ? f->file : ""));
    json_object_set_new(row, "line", json_integer(at ? at->line : 0));
}

static json_t *others_of(const struct pc_lock_row *row)
{
    json_t *list = json_array();
    for (size_t i = 0; i < row->others.n; i++) {
        const struct pc_lock_other *other = &row->others.items[i];
        json_array_append_new(
            list, json_pack("{s:o,s:b,s:I,s:I}", "place",
                            other->place ? pc_json_text(other->place) : json_null(),
                            "wakes", other->wakes, "waits", (json_int_t)other->waits,
                            "waited-ns", (json_int_t)other->ns));
    }
    return list;
}

static json_t *rows_of(const struct pc_lock_waits *waits)
{
    json_t *list = json_array();
    for (size_t i = 0; i < waits->n; i++) {
        const struct pc_lock_row *row = &waits->items[i];
        json_t *object = json_object();
        add_place(object, waits->profile, row->frame);
        json_object_set_new(object, "lock", pc_json_text(row->what));
        json_object_set_new(object, "calls", json_integer(row->calls));
        json_object_set_new(object, "waits", json_integer(row->waits));
        json_object_set_new(object, "waited-ns", json_integer(row->ns));
        json_object_set_new(object, "for", others_of(row));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *stuck_of(const struct pc_stuck *stuck, const struct pc_profile *profile)
{
    json_t *list = json_array();
    for (size_t i = 0; i < stuck->n; i++) {
        const struct pc_stuck_thread *thread = &stuck->items[i];
        json_t *row = json_pack("{s:i,s:s,s:I,s:b}", "thread", (int)thread->thread, "lock",
                                thread->what, "waited-ns", (json_int_t)thread->ns,
                                "in-circle", thread->in_circle);
        add_place(row, profile, thread->frame);
        json_t *holder = json_null();
        if (thread->holder_thread) {
            holder = json_pack("{s:i,s:b}", "thread", (int)thread->holder_thread, "ended",
                               thread->holder_ended);
            add_place(holder, profile, thread->holder);
        }
        json_object_set_new(row, "holder", holder);
        json_array_append_new(list, row);
    }
    return list;
}

void pc_lock_json_add(json_t *root, const struct pc_profiled *found)
{
    struct pc_lock_waits waits;
    pc_lock_waits_init(&waits, found->profile, PC_LOCK_NS);
    json_object_set_new(root, "calls", json_integer(waits.calls));
    json_object_set_new(root, "waits", json_integer(waits.waits));
    json_object_set_new(root, "waited-ns", json_integer(waits.ns));
    json_object_set_new(root, "waiting", rows_of(&waits));
    json_object_set_new(root, "deadlock", json_boolean(found->stuck.has_circle));
    json_object_set_new(root, "stuck", stuck_of(&found->stuck, found->profile));
    json_object_set_new(root, "held-at-end", json_integer((json_int_t)found->stuck.held));
    pc_lock_waits_fini(&waits);
}
