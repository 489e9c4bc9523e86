// Weights for benchmarks: every tensor that is asked for, of true shape and storage type, filled by
// repeating one page of normal values. Making 42 GB of distinct values would take minutes and say
// nothing more about speed; no two rows of a matrix are alike, since a page is no multiple of them.
#pragma once

#include <vector>

#include "neural/weights/source.h"

namespace neural::bench {

class PageWeights final : public TensorSource {
public:
    // Matrices and vectors are stored as `type`; tables (*scale_shift_table, modulation) and
    // statistics as f32, as in the published files.
    explicit PageWeights(tensor::DType type);
    std::string where() const override { return "random weights"; }
    std::vector<std::string> names() const override { return {}; }
    std::optional<TensorInfo> info(const std::string& name,
                                   const tensor::Shape& wanted) const override;
    base::Result<tensor::Tensor> load(const std::string& name,
                                      const tensor::Shape& wanted) const override;
    std::string metadata(const std::string&) const override { return {}; }

private:
    tensor::DType type_;
    std::vector<float> page_;
};

// Normal values, mean 0, the given spread.
tensor::Tensor random_values(const tensor::Shape& shape, uint64_t seed, float spread = 1.0f);

}  // namespace neural::bench
