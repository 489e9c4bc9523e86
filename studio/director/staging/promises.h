// What a sentence promised ("and breaks", "hits the post") and no action has made a wish of itself:
// asked of the rehearsal, so that the search looks for it and the report tells when it is missing.
#pragma once

#include "studio/director/staging/workshop.h"

namespace studio {

// After all actions are staged. Adds to the stage's outcomes.
void want_what_was_promised(Workshop& shop);

}  // namespace studio
