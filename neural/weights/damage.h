// Looks for values that are no numbers. Called after a net gave NaN or infinity, to say whether its
// weights are to blame; a whole model takes as long as reading it.
#pragma once

#include <string>
#include <vector>

#include "base/signal/source.h"
#include "neural/weights/source.h"

namespace neural {

struct Damage {
    std::string tensor;
    int64_t nan = 0, infinite = 0;
    int64_t first = 0;         // index of the first such value, row-major
    std::string text() const;  // "blocks.3.attn.q.weight holds 2 NaN and 1 infinity, first at 77"
};

// Up to `most` damaged tensors, in the order of their names. Sources that make their values up have
// no names and so no damage.
base::Result<std::vector<Damage>> find_damage(const TensorSource& source, size_t most = 8,
                                              const base::CancelToken* cancel = nullptr);

}  // namespace neural
