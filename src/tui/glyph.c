#include "tui/glyph.h"

#include <stddef.h>

#include "base/mem.h"

/* Sorted by character.  Marks that carry a meaning are told apart by letters and signs,
 * not by shape alone. */
static const struct {
    uint32_t character;
    const char *ascii;
} table[] = {
    {0x00a0, " "},     {0x00a7, "S"},      {0x00ab, "<<"},    {0x00b0, "deg"},
    {0x00b1, "+-"},    {0x00b2, "^2"},     {0x00b3, "^3"},    {0x00b5, "u"},
    {0x00b7, "."},     {0x00bb, ">>"},     {0x00bd, "1/2"},   {0x00c4, "Ae"},
    {0x00d6, "Oe"},    {0x00d7, "x"},      {0x00dc, "Ue"},    {0x00df, "ss"},
    {0x00e4, "ae"},    {0x00e9, "e"},      {0x00f6, "oe"},    {0x00f7, "/"},
    {0x00fc, "ue"},    {0x03a3, "Sigma"},  {0x03a9, "Omega"}, {0x03b1, "alpha"},
    {0x03b2, "beta"},  {0x03bb, "lambda"}, {0x03bc, "u"},     {0x03c0, "pi"},
    {0x03c3, "sigma"}, {0x2010, "-"},      {0x2011, "-"},     {0x2012, "-"},
    {0x2013, "-"},     {0x2014, "-"},      {0x2018, "'"},     {0x2019, "'"},
    {0x201c, "\""},    {0x201d, "\""},     {0x2022, "-"},     {0x2026, "..."},
    {0x2039, "<"},     {0x203a, ">"},      {0x2190, "<-"},    {0x2191, "^"},
    {0x2192, "->"},    {0x2193, "v"},      {0x2194, "<->"},   {0x21d2, "=>"},
    {0x2208, "in"},    {0x221a, "sqrt"},   {0x221e, "inf"},   {0x2248, "~"},
    {0x2260, "!="},    {0x2264, "<="},     {0x2265, ">="},    {0x2500, "-"},
    {0x2502, "|"},     {0x250a, ":"},      {0x250c, "+"},     {0x2510, "+"},
    {0x2514, "+"},     {0x2518, "+"},      {0x251c, "|"},     {0x2524, "|"},
    {0x252c, "+"},     {0x2534, "+"},      {0x253c, "+"},     {0x2588, "#"},
    {0x258c, "|"},     {0x258f, "|"},      {0x2591, "."},     {0x25b8, ">"},
    {0x25cb, "[ ]"},   {0x25cf, "*"},      {0x2713, "[x]"},   {0x2717, "[!]"},
};

const char *pc_glyph_ascii(uint32_t character)
{
    size_t low = 0, high = PC_COUNT(table);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table[middle].character == character)
            return table[middle].ascii;
        if (table[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    return "?";
}
