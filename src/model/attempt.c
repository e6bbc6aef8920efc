#include "model/attempt.h"

#include <stdlib.h>
#include <time.h>

bool pc_attempt_passed(const struct pc_attempt *attempt)
{
    return attempt->code == PC_PASSED && !attempt->quick;
}

void pc_attempts_fini(struct pc_attempts *attempts)
{
    free(attempts->items);
    *attempts = (struct pc_attempts){0};
}

void pc_card_answers_fini(struct pc_card_answers *answers)
{
    free(answers->items);
    *answers = (struct pc_card_answers){0};
}

const char *pc_format_when(int64_t when, char buf[PC_WHEN_MAX])
{
    time_t seconds = (time_t)(when / 1000);
    struct tm tm;
    if (!localtime_r(&seconds, &tm) ||
        strftime(buf, PC_WHEN_MAX, "%Y-%m-%d %H:%M", &tm) == 0)
        return "an unknown time";
    return buf;
}
