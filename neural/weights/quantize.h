// Makes a smaller file of a model: GGUF with block-quantised matrices.
#pragma once

#include <functional>
#include <string>

#include "base/signal/source.h"
#include "neural/weights/source.h"

namespace neural {

struct QuantizeReport {
    uint64_t bytes_before = 0, bytes_after = 0;
    int64_t tensors = 0, quantised = 0;  // quantised: got a smaller type
    // Over the quantised tensors: root of (sum of squared errors / sum of squares).
    double relative_error = 0;
    double worst_error = 0;  // of one tensor
    std::string worst;       // its name
};

struct QuantizeProgress {
    uint64_t done = 0, total = 0;  // elements
};

// The type that a tensor gets. Matrices of layers become `wanted`, or q8_0 where their rows are no
// whole number of wanted's blocks; what is small, one-dimensional, a convolution, or decides about
// everything after it (input and output projections, embeddings of time and text, modulation) stays
// bf16, or f32 where it was that or has one axis.
tensor::DType quantised_type(const std::string& name, const TensorInfo& info, tensor::DType wanted);

// `wanted`: q8_0, q4_0, q4_K, q5_K, q6_K, f16 or bf16. Atomic; memory is a few megabytes however
// large the model. NaN and infinity in the source are an error that names the tensor. The same
// input gives the same bytes.
base::Result<QuantizeReport> quantize(
    const TensorSource& source, const std::string& target, tensor::DType wanted,
    const std::function<void(const QuantizeProgress&)>& on_progress = {},
    const base::CancelToken* cancel = nullptr);

}  // namespace neural
