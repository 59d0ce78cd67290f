// Which commands there are, and what `help` says of them.
#include <string.h>

#include "command/repl.h"
#include "text/distance.h"

static bool help(struct repl *r, const char *rest, struct err *err);

const struct repl_command repl_commands[] = {
    { "step", "", "simulate one step and say what people do then", NULL, repl_step },
    { "run", "N [days]", "simulate N steps, or N days",
      "Ends early, after a whole step, at Ctrl-C. More than the study has left is refused.",
      repl_run },
    { "until", "TIME", "simulate until a time",
      "08:30 (the next), midnight, tomorrow 07:00, day 3 12:00, 2025-02-15 08:30.", repl_until },
    { "time", "", "the simulated time", NULL, NULL },
    { "people", "", "who lives here, where they are, what they do", NULL, NULL },
    { "person", "NAME", "who somebody is, as prompts are told", NULL, NULL },
    { "schedule", "NAME [hourly|tasks]", "what somebody plans, from now on",
      "Both levels: blocks, and below each the tasks it is broken down into (about two hours\n"
      "ahead). hourly: blocks only; tasks: the finest there is.",
      NULL },
    { "tile", "NAME|X Y", "a tile: place, whether one can walk there, who and what is there", NULL,
      NULL },
    { "events", "NAME|X Y", "the events on a tile", NULL, NULL },
    { "path", "NAME PLACE", "the way from somebody to a place",
      "PLACE: an address, or the end of one: refrigerator, kitchen:refrigerator.", NULL },
    { "memory", "NAME [events|thoughts|chats|assistant] [N]", "the last N memories (20)",
      "memory NAME search TEXT: the memories that matter most for TEXT now, best first.\n"
      "assistant: what the assistant of this person remembers.",
      NULL },
    { "places", "NAME", "the places that somebody knows", NULL, NULL },
    { "cooldowns", "NAME", "with whom somebody talked, and when they may again", NULL, NULL },
    { "interview", "NAME [QUESTION]", "ask somebody; leaves no trace in the run",
      "Without a question, every line is one until `end`.", repl_interview },
    { "whisper", "NAME TEXT", "let somebody have a thought, at the next step",
      "An input of the run: kept in its file, told again by a resume, named in the report.",
      repl_whisper },
    { "load-history", "FILE.csv", "whisper many thoughts: rows NAME, thought; thought; ...",
      "A first row that begins with `name` is a heading. If a row is wrong, nothing is loaded.",
      repl_load_history },
    { "reload", "", "put edited scripts and prompts in force now",
      "The day at hand is simulated again with them, up to this step. Without it they count from\n"
      "the next day on. Not where another run of the study has finished this day: fork it then.",
      repl_reload },
    { "lua", "CODE", "run Lua on a copy of the household: lua h.residents[1].state",
      "`h` is the household. It runs in a sandbox of its own and cannot change the run.",
      repl_lua },
    { "save", "", "write what was done since the last save to the run file", NULL, repl_save },
    { "finish", "", "save and leave", NULL, repl_finish },
    { "exit", "", "leave; what was not saved is gone", NULL, repl_exit },
    { "help", "[COMMAND]", "this list, or more about a command", NULL, help },
    { NULL, NULL, NULL, NULL, NULL },
};

// The first command after `from` whose name begins so; NULL: there is no more.
static const struct repl_command *next_beginning(const struct repl_command *from, const char *name)
{
    size_t len = strlen(name);

    while (len > 0 && from->name != NULL && strncmp(from->name, name, len) != 0)
        from++;
    return len > 0 && from->name != NULL ? from : NULL;
}

const struct repl_command *repl_find(const char *name)
{
    const struct repl_command *found = next_beginning(repl_commands, name);

    for (const struct repl_command *c = repl_commands; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return found != NULL && next_beginning(found + 1, name) == NULL ? found : NULL;
}

// "'s' may be save, schedule or step".
static bool ambiguous(const char *name, struct err *err)
{
    struct buf list = { 0 };
    const struct repl_command *c = next_beginning(repl_commands, name);

    while (c != NULL) {
        const struct repl_command *next = next_beginning(c + 1, name);
        buf_addf(&list, "%s%s", list.len == 0 ? "" : next == NULL ? " or " : ", ", c->name);
        c = next;
    }
    err_set(err, "'%s' may be %s", name, buf_str(&list));
    buf_fini(&list);
    return false;
}

// The command whose name is most like this one; NULL if none is.
static const struct repl_command *nearest(const char *name)
{
    const struct repl_command *best = NULL;
    size_t least = 3;

    for (const struct repl_command *c = repl_commands; c->name != NULL; c++) {
        size_t distance = distance_within(view_of(name), view_of(c->name), least);
        if (distance < least) {
            least = distance;
            best = c;
        }
    }
    return best;
}

bool repl_unknown(const char *name, struct err *err)
{
    const struct repl_command *near = nearest(name);

    if (next_beginning(repl_commands, name) != NULL)
        return ambiguous(name, err);
    if (near != NULL)
        return err_set(err, "there is no command '%s'; did you mean %s?", name, near->name);
    return err_set(err, "there is no command '%s'; `help` lists them", name);
}

static bool help(struct repl *r, const char *rest, struct err *err)
{
    const struct repl_command *one = repl_find(rest);

    (void)r;
    if (rest[0] != '\0' && one == NULL)
        return repl_unknown(rest, err);
    if (rest[0] != '\0') {
        printf("%s %s\n  %s\n", one->name, one->arguments, one->summary);
        if (one->help != NULL)
            printf("%s\n", one->help);
        return true;
    }
    for (const struct repl_command *c = repl_commands; c->name != NULL; c++) {
        int width = printf("%s %s", c->name, c->arguments);
        printf("%*s%s\n", width < 30 ? 30 - width : 2, "", c->summary);
    }
    printf(
        "NAME: a first or full name, or the number that `people` shows; none is needed where one "
        "person lives alone.\n");
    return true;
}
