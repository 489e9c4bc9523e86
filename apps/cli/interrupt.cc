#include "apps/cli/interrupt.h"

#include <unistd.h>

#include <csignal>

namespace apps {
namespace {

base::CancelToken token;

void on_signal(int signal) {
    if (token.cancelled()) _exit(128 + signal);
    token.cancel();
}

}  // namespace

base::CancelToken& interrupt_token() {
    static const bool installed = [] {
        struct sigaction action = {};
        action.sa_handler = on_signal;
        sigaction(SIGINT, &action, nullptr);
        sigaction(SIGTERM, &action, nullptr);
        // Writing to a closed pipe or past a size limit is an error of write(), not a death.
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGXFSZ, SIG_IGN);
        return true;
    }();
    (void)installed;
    return token;
}

}  // namespace apps
