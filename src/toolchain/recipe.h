/*
 * Command lines of a build, and the keys of what they make.  Pure: no process, no file.
 */
#ifndef PC_TOOLCHAIN_RECIPE_H
#define PC_TOOLCHAIN_RECIPE_H

#include "base/hash.h"
#include "toolchain/args.h"
#include "toolchain/compiler.h"
#include "toolchain/source.h"
#include "toolchain/toolchain.h"

struct pc_recipe {
    const struct pc_toolchain *tc;
    enum pc_product product;
    struct pc_words cflags, libs; /* of the packages that the exercise needs */
};

/* The suffix of the product's file. */
const char *pc_recipe_suffix(const struct pc_recipe *recipe);

/* The key of the object that `source` compiles to: of all that the compiler reads. */
void pc_recipe_object_key(const struct pc_recipe *recipe, const struct pc_sources *sources,
                          const struct pc_source *source, char key[PC_HASH_HEX]);

/* The key of the product that `n` objects link to. */
void pc_recipe_product_key(const struct pc_recipe *recipe, char (*objects)[PC_HASH_HEX],
                           size_t n, char key[PC_HASH_HEX]);

/* The command that compiles `source` in the folder `dir` of `scratch`; it runs in that
 * folder, so that the compiler knows the file by its bare name, and leaves the object in
 * `scratch` as NAME.o.  `json` asks for messages in that form. */
void pc_recipe_compile(const struct pc_recipe *recipe, const struct pc_source *source,
                       const char *scratch, const char *dir, bool json,
                       struct pc_words *argv);

/* The command that links `objects` to `out`. */
void pc_recipe_link(const struct pc_recipe *recipe, const struct pc_words *objects,
                    const char *out, struct pc_words *argv);

#endif
