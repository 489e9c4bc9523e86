// Noise levels as vectors: sinusoids, the two-layer embedding and the modulation made of it
// ("AdaLN single", Chen et al. 2023, PixArt-alpha).
#pragma once

#include <vector>

#include "neural/weights/loader.h"
#include "tensor/ops/arithmetic.h"

namespace neural::ltx {

// Noise levels of tokens as a short list of distinct values and a row per token: the modulation is
// computed once per value.
struct SigmaRows {
    std::vector<float> values;
    tensor::RowMap map;  // undefined rows: one value, or one per batch entry
};

SigmaRows rows_of_tokens(const tensor::Tensor& sigma);  // [B,T]
SigmaRows rows_of_batch(const tensor::Tensor& sigma);   // [B]

// [R,256]: cos then sin of t * exp(-ln(10000) i / 128), all in float.
tensor::Tensor sinusoids(const std::vector<float>& timesteps);

class AdaLn {
public:
    AdaLn() = default;
    // NAME.emb.timestep_embedder.linear_1, .linear_2 and NAME.linear with `rows` * width outputs.
    static AdaLn load(const Loader& at, int64_t width, int64_t rows);

    struct Output {
        tensor::Tensor modulation;  // [R, rows * width]
        tensor::Tensor embedded;    // [R, width]
        tensor::RowMap map;
    };
    // sigma in 0..1; `scale` makes the timestep of it.
    Output operator()(const SigmaRows& sigma, double scale) const;

private:
    tensor::Linear first_, second_, last_;
};

}  // namespace neural::ltx
