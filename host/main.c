#include <stdio.h>
#include <string.h>

#include "command/command.h"

static const struct command *const commands[] = {
    &command_run,    &command_resume, &command_report, &command_compare,
    &command_digest, &command_test,   &command_check,  &command_import,
    &command_export, &command_policy, &command_serve,  &command_fork,
    &command_mock,   &command_doctor, &command_repl,   &command_prompt,
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static void print_help(FILE *out)
{
    fprintf(out, "propersim simulates people at home and the assistants that try to help them.\n\n"
                 "usage: propersim COMMAND [ARGUMENTS]\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out,
            "\npropersim COMMAND --help says more; propersim --version prints the version.\n"
            "Exit codes: 0 done, 1 the run failed, 2 wrong usage or input, 3 finished but some "
            "model answers failed.\n");
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const struct command *command = NULL;

    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_WRONG_INPUT : EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("propersim %s\n", PROPERSIM_VERSION);
        return EXIT_DONE;
    }
    command = find(argv[1]);
    if (command == NULL) {
        fprintf(stderr, "propersim: there is no command '%s'\n  See propersim --help.\n", argv[1]);
        return EXIT_WRONG_INPUT;
    }
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(command->help, stdout);
            return EXIT_DONE;
        }
    }
    return command->run(argc - 1, argv + 1);
}
