// Another source's matrices in another storage type: full-width benchmarks run on generated
// weights in the type that the published file has.
#pragma once

#include "neural/weights/source.h"

namespace neural {

// Tensors of two and more axes are narrowed to `type` as they are loaded; vectors and what cannot
// be narrowed (an innermost axis that is no whole number of blocks) stay as they are.
std::shared_ptr<const TensorSource> stored_as(std::shared_ptr<const TensorSource> source,
                                              tensor::DType type);

}  // namespace neural
