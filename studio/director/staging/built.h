// Sets and shapes as world builds them, the last few kept: every try of a rehearsal and every
// opening of a shot stages the same things again, and building costs more than a short try.
// What is kept is never written to; any thread may ask.
#pragma once

#include "world/sets/set.h"
#include "world/shapes/shape.h"

namespace studio {

// As world::build_set(), nullptr when there is no such set.
std::shared_ptr<const world::SetModel> built_set(const std::string& name,
                                                 const world::SetOptions& options);

// As world::build_shape(), nullptr when the kind has no builder. Equal requests may give the
// same shape: `request.seed` tells cast members apart.
world::ShapePtr built_shape(const world::ShapeRequest& request);

}  // namespace studio
