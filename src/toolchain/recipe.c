#include "toolchain/recipe.h"

#include "base/mem.h"

static const char *const sanitize[] = {
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
};
static const char *const sanitize_races[] = {"-fsanitize=thread"};

/* Little optimisation and frame pointers: the stacks in reports are true. */
static const char *const sanitize_code[] = {"-O1", "-g", "-fno-omit-frame-pointer"};

/* Frame pointers, and no call that takes the place of its caller. */
static const char *const framed_code[] = {"-fno-omit-frame-pointer",
                                          "-fno-optimize-sibling-calls"};

static bool is_shared(const struct pc_recipe *recipe)
{
    return recipe->product == PC_SHARED_OBJECT || recipe->product == PC_FRAMED_OBJECT;
}

static bool is_sanitized(const struct pc_recipe *recipe)
{
    return recipe->product == PC_SANITIZED_TESTS || recipe->product == PC_RACE_TESTS;
}

const char *pc_recipe_suffix(const struct pc_recipe *recipe)
{
    switch (recipe->product) {
    case PC_SHARED_OBJECT:
        return ".so";
    case PC_FRAMED_OBJECT:
        return ".framed.so";
    case PC_SANITIZED_TESTS:
        return ".tests";
    case PC_RACE_TESTS:
        return ".races";
    case PC_PLAIN_PROGRAM:
        break;
    }
    return ".program";
}

void pc_recipe_object_key(const struct pc_recipe *recipe, const struct pc_sources *sources,
                          const struct pc_source *source, char key[PC_HASH_HEX])
{
    struct pc_hash *hash = pc_hash_create();
    pc_hash_adds(hash, "object");
    pc_hash_adds(hash, recipe->tc->key);
    pc_hash_adds(hash, recipe->product == PC_RACE_TESTS      ? "races"
                       : recipe->product == PC_FRAMED_OBJECT ? "framed"
                       : is_sanitized(recipe)                ? "sanitized"
                                                             : "plain");
    pc_args_hash(&recipe->cflags, hash);
    pc_source_hash(source, hash);
    /* Which headers a file includes is not known before it is compiled: all count. */
    for (size_t i = 0; i < sources->headers.n; i++)
        pc_source_hash(&sources->headers.items[i], hash);
    pc_hash_finish(hash, key);
}

void pc_recipe_product_key(const struct pc_recipe *recipe, char (*objects)[PC_HASH_HEX],
                           size_t n, char key[PC_HASH_HEX])
{
    struct pc_hash *hash = pc_hash_create();
    pc_hash_adds(hash, pc_recipe_suffix(recipe));
    pc_args_hash(&recipe->libs, hash);
    for (size_t i = 0; i < n; i++)
        pc_hash_adds(hash, objects[i]);
    pc_hash_finish(hash, key);
}

static void add_all(struct pc_words *argv, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pc_words_add(argv, words[i]);
}

static void add_sanitizer(const struct pc_recipe *recipe, struct pc_words *argv)
{
    if (recipe->product == PC_RACE_TESTS)
        add_all(argv, sanitize_races, PC_COUNT(sanitize_races));
    else
        add_all(argv, sanitize, PC_COUNT(sanitize));
}

void pc_recipe_compile(const struct pc_recipe *recipe, const struct pc_source *source,
                       const char *scratch, const char *dir, bool json,
                       struct pc_words *argv)
{
    pc_words_add_list(argv, &recipe->tc->command);
    pc_words_add_list(argv, &recipe->tc->flags);
    if (json)
        pc_words_add(argv, PC_JSON_FLAG);
    if (is_sanitized(recipe)) {
        add_sanitizer(recipe, argv);
        add_all(argv, sanitize_code, PC_COUNT(sanitize_code));
    }
    if (recipe->product == PC_FRAMED_OBJECT)
        add_all(argv, framed_code, PC_COUNT(framed_code));
    pc_words_add_list(argv, &recipe->cflags);
    pc_words_add(argv, "-I../" PC_HEADER_DIR);
    /* Debug information and __FILE__ know bare names, the same on every machine. */
    pc_words_addf(argv, "-ffile-prefix-map=%s/%s=.", scratch, dir);
    pc_words_add(argv, "-ffile-prefix-map=../" PC_HEADER_DIR "/=");
    pc_words_add(argv, "-c");
    pc_words_add(argv, source->name);
    pc_words_add(argv, "-o");
    pc_words_addf(argv, "../%s.o", source->name);
}

void pc_recipe_link(const struct pc_recipe *recipe, const struct pc_words *objects,
                    const char *out, struct pc_words *argv)
{
    pc_words_add_list(argv, &recipe->tc->command);
    if (is_sanitized(recipe))
        add_sanitizer(recipe, argv);
    /* Every name is resolved when the object is loaded, not at the first call, which would
     * be timed; and what is missing shows here, not in the host. */
    if (is_shared(recipe))
        pc_args_add_split(argv, "-shared -Wl,-z,now -Wl,-z,defs");
    pc_words_add_list(argv, objects);
    if (!is_shared(recipe))
        pc_words_add(argv, recipe->tc->library);
    pc_words_add(argv, "-o");
    pc_words_add(argv, out);
    pc_words_add_list(argv, &recipe->libs);
    pc_args_add_split(argv, "-lm -pthread");
}
