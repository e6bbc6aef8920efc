-- Sixty-four sessions, so 64 bytes for each; 64 of the allocations are the documents.  The names
-- have 0.8 kB in all, of which 0.1 kB do not fit into `small`.
return {
    ["live-B"] = {max = 4096, gold = 512},
    ["allocs/op"] = {max = 128, gold = 80},
    fails = {"live-B"},
    mutants = {
        a_page_for_each_name = {"live-B"},
        all_names_are_small = {"crash"},
        copies_and_holds = {"live-B"},
        copies_as_a_string = {"wrong"},
        copies_the_document = {"live-B"},
        cuts_long_names = {"wrong"},
        leaves_early = {"crash"},
        never_frees = {"leak"},
        one_name_for_all = {"wrong"},
        puts_for_the_caller = {"crash"},
        two_blocks_a_name = {"allocs/op"},
        view_without_reference = {"wrong"},
    },
}
