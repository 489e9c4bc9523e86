// One block of every published Wan table at its full width, with generated weights: what benchmarks
// time where the weights themselves are not at hand.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace neural::wan {

struct FullWidthBlock {
    std::string what;           // "wan2.1-t2v-1.3b block, 7800 tokens"
    double flops = 0;           // multiplications and additions of one run
    std::function<void()> run;  // once; the first run also packs the weights
};

// Tables of goldens/names: wan2.1-t2v-1.3b, wan2.2-ti2v-5b, wan2.2-t2v-a14b, wan2.2-i2v-a14b,
// wan2.1-vae, wan2.2-vae, umt5-xxl.
std::vector<std::string_view> full_width_tables();

// Makes the weights (up to a gigabyte, seconds). `frames`, `height`, `width` are of the clip in
// pixels: what the transformers' tokens and the autoencoders' positions come from; the text encoder
// always reads 512 tokens.
base::Result<FullWidthBlock> full_width_block(std::string_view table, int64_t frames,
                                              int64_t height, int64_t width);

}  // namespace neural::wan
