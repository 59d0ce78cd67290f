#include "model/failure.h"

const char *failure_name(enum failure f)
{
    switch (f) {
    case FAILURE_NONE: return "";
    case FAILURE_UNREACHABLE: return "unreachable";
    case FAILURE_BUSY: return "busy";
    case FAILURE_BROKEN: return "broken";
    case FAILURE_REFUSED: return "refused";
    case FAILURE_LENGTH: return "length";
    case FAILURE_EMPTY: return "empty";
    case FAILURE_UNUSABLE: return "unusable";
    case FAILURE_REQUEST: return "request";
    case FAILURE_KEY: return "key";
    case FAILURE_MODEL: return "model";
    case FAILURE_QUOTA: return "quota";
    case FAILURE_BUDGET: return "budget";
    case FAILURE_REPLAY: return "replay";
    case FAILURE_STORE: return "store";
    case FAILURE_ABSENT: return "absent";
    case FAILURE_STOPPED: return "stopped";
    }
    return "?";
}

bool failure_stops_study(enum failure f)
{
    return f >= FAILURE_KEY;
}

bool failure_is_answer(enum failure f)
{
    return f == FAILURE_REFUSED || f == FAILURE_LENGTH || f == FAILURE_EMPTY ||
           f == FAILURE_UNUSABLE;
}
