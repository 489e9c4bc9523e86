// Values that are computed when they are read: codes with scales in another array, a sum of
// matrices. What a Tensor of DType::Encoded holds in place of bytes.
#pragma once

#include <cstdint>

namespace tensor {

class Encoding {
public:
    virtual ~Encoding() = default;
    // Elements [first, first + count) in row-major order, of the tensor that the encoding was made
    // for. Any thread.
    virtual void widen(int64_t first, int64_t count, float* target) const = 0;
};

}  // namespace tensor
