// The nets of the benchmark, each ready to run once on inputs of true shape.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "tensor/core/tensor.h"

namespace neural::bench {

// Operations (a multiply and an add are two) of the matrix products and of the attentions. Norms,
// rotations and gates are not counted.
struct Work {
    double products = 0, attention = 0;
    double all() const { return products + attention; }
    Work& operator+=(const Work& w) {
        products += w.products;
        attention += w.attention;
        return *this;
    }
};

struct Product {
    int64_t rows, in, out;
};

struct Net {
    Work work;  // of one run
    // The first run packs the weights and takes memory from the system besides.
    std::function<base::Result<tensor::Tensor>()> run;
};

// Wan's step: 832x480, 17 frames (7,800 tokens), one text, with so many of the model's blocks.
// `model`: a name of wan::published_models(). `frames` latent ones.
base::Result<Net> wan_net(const std::string& model, int64_t blocks, int64_t frames);
// Of one block of Wan 2.1 1.3B in that step.
std::vector<Product> wan_products();

// A stack of LTX blocks with its heads and tails: 832x480, `frames` latent ones of 390 tokens, the
// sound that belongs to them and 1,024 tokens of text. `version`: "2.3".
base::Result<Net> ltx_net(const std::string& version, int64_t blocks, int64_t frames);
std::vector<Product> ltx_products(int64_t frames);

// One block of a text connector on 1,024 tokens, and 2.5's duration head.
base::Result<Net> ltx_connector_net(const std::string& version);
base::Result<Net> ltx_duration_net();

// The text encoder with so many blocks on 512 tokens.
base::Result<Net> umt5_net(int64_t blocks);

// The convolutional decoder of LTX 2.3: 25 frames of width x height pixels, streamed latent by
// latent; what is decoded is dropped.
base::Result<Net> ltx_vae_net(int64_t width_px, int64_t height_px);

}  // namespace neural::bench
