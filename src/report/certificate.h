/*
 * What certifying the course found, for its authors and for programs.
 */
#ifndef PC_REPORT_CERTIFICATE_H
#define PC_REPORT_CERTIFICATE_H

#include "base/err.h"
#include "base/str.h"
#include "model/certificate.h"

/* Append a table of the values that decide (all of a reference, the missed ones of what must
 * be refused), the proposals, the defects and a line of summary. */
void pc_certificate_text(const struct pc_certificate *certificate, struct pc_str *out);

/* One JSON document (docs/json.md), ended by a newline; the caller owns it. */
char *pc_certificate_json(const struct pc_certificate *certificate, enum pc_code code);

#endif
