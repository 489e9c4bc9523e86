// Values that are no numbers would become black pictures and silence; they end the film instead.
#pragma once

#include <string>
#include <vector>

#include "base/signal/source.h"
#include "tensor/core/tensor.h"

namespace neural {

// An Error where `values` (f32) holds NaN or infinity: says `what` they are and where the first is,
// and which tensors of the files `weights` hold such values themselves; looking through those takes
// as long as reading them.
base::Status check_finite(const tensor::Tensor& values, const std::string& what,
                          const std::vector<std::string>& weights,
                          const base::CancelToken* cancel = nullptr);

}  // namespace neural
