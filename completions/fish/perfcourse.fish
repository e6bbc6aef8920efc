# fish completion for perfcourse: what is possible, the program knows.

function __perfcourse_complete
    set -l before (commandline -opc)
    set -l last (commandline -ct)
    # A program that is named by its place is asked there.
    set -l program (string replace -r '^~/' "$HOME/" -- $before[1])
    set -l part (string replace -r '^--[^=]*=' '' -- $last)
    for answer in ($program complete -- $before[2..-1] "$last" 2>/dev/null)
        switch $answer
            case @files
                __fish_complete_path "$part"
            case @folders
                __fish_complete_directories "$part" ''
            case @programs
                __fish_complete_command
            case '*'
                echo $answer
        end
    end
end

complete -c perfcourse -f -a '(__perfcourse_complete)'
