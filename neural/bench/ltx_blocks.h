// One block of each LTX net at its published width, with random weights: what `aozora bench` runs
// where there are no published weights.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "tensor/core/dtype.h"

namespace neural::bench {

struct BlockSize {
    // 640x384, 97 frames at 24 fps: 13 x 12 x 20 video tokens, 101 of sound.
    int64_t frames = 13, rows = 12, columns = 20;
    int64_t audio_tokens = 101, text_tokens = 1024;
    tensor::DType weights = tensor::DType::BF16;
};

struct BlockBench {
    std::string table;  // whose block it is: "ltx-2.3-transformer"
    double flops = 0;   // multiplications and additions of one run, products only
    // Makes weights and inputs, runs once to warm up and `times` more; the seconds of each.
    std::function<base::Result<std::vector<double>>(int times)> run;
};

// Transformers and connectors of 2.0, 2.3 and 2.5, and the duration head.
std::vector<BlockBench> ltx_blocks(const BlockSize& size = {});

}  // namespace neural::bench
