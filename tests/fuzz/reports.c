/*
 * The reports of the sanitizers (runner/sanitizer.h): any text is one or is none.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "fuzz.h"
#include "runner/sanitizer.h"

static void check_report(const struct pc_crash *crash)
{
    fuzz_must(crash->ending != PC_ENDING_NONE, "a report is an end");
    fuzz_must(crash->what[0] != '\0', "a report says what happened");
    fuzz_must(crash->n_frames <= PC_COUNT(crash->frames), "frames fit");
    fuzz_must(crash->n_other <= PC_COUNT(crash->other_frames), "other frames fit");
    fuzz_must(crash->place.line >= 0 && crash->place.column >= 0, "places count from 1");
    fuzz_must_be_harmless(crash->what, true, "what happened");
    fuzz_must_be_harmless(crash->place.file, false, "a file");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PC_AUTO(pc_auto_free) char *text = fuzz_text(data, n);
    struct pc_crash crash = {0};
    const struct pc_crash untouched = {0};
    if (pc_sanitizer_read(text, "/tmp/join", &crash))
        check_report(&crash);
    else
        fuzz_must(memcmp(&crash, &untouched, sizeof crash) == 0, "no report, no crash");
    struct pc_str once = {0}, twice = {0};
    pc_sanitizer_skip_notes(text, &once);
    pc_sanitizer_skip_notes(pc_str_get(&once), &twice);
    fuzz_must(once.len <= strlen(text), "skipping adds nothing");
    fuzz_must(strcmp(pc_str_get(&once), pc_str_get(&twice)) == 0,
              "what was skipped once is gone");
    pc_str_fini(&once);
    pc_str_fini(&twice);
    return 0;
}
