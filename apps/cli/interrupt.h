// Ctrl-C and SIGTERM: the first asks politely (nothing half-written stays), the second ends at
// once.
#pragma once

#include "base/signal/source.h"

namespace apps {

// The process's token; installs the handlers at the first call.
base::CancelToken& interrupt_token();

}  // namespace apps
