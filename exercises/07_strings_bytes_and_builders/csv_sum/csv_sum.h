/*
 * Add up one column of a table in CSV form.
 */
#ifndef CSV_SUM_H
#define CSV_SUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Add up the numbers in column `col` of the `len` bytes at `csv`.
 *
 * A line ends with '\n', the last one may also end with the text.  Fields are separated by
 * ','; the first one is column 0.  There is no quoting: every other byte, spaces and '\r'
 * included, belongs to the field it stands in.
 *
 * A number is a field of one to eighteen digits, or of '-' and one to eighteen digits.
 * Every other field (empty, "+5", "1.5", " 7", "12 EUR", nineteen digits) is passed over,
 * and so is a line with too few fields.  The caller promises that no sum on the way leaves
 * the range of int64_t.
 *
 * `csv` is a view.  There is no NUL in it and none behind it; nothing may be read beyond
 * its `len` bytes, and none of them may be changed.
 *
 * Gives the number of fields that were added, and stores their sum (0 when there are none)
 * in `*sum`.  An implementation that needs memory and cannot have it gives SIZE_MAX, sets
 * errno to ENOMEM and leaves `*sum` alone.
 */
size_t csv_sum(const char *csv, size_t len, unsigned col, int64_t *sum);

#endif
