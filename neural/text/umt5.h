// The UMT5 encoder: text tokens to the hidden states that the Wan models read. Names and sizes are
// those of Wan's published file (umt5-xxl); Chung et al. 2023, "UniMax", on T5 1.1 (Raffel et al.
// 2020): pre-norm blocks with RMS norms, attention without 1/sqrt(d), a relative position bias per
// block, a gated GELU feed-forward net, no biases.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/json/json.h"
#include "base/signal/source.h"
#include "neural/weights/loader.h"
#include "neural/weights/stream.h"

namespace neural::text {

struct Umt5Config {
    int64_t vocab = 256384;
    int64_t dim = 4096;
    int64_t dim_attn = 4096;
    int64_t dim_ffn = 10240;
    int64_t num_heads = 64;
    int64_t num_layers = 24;
    int64_t num_buckets = 32;
    bool shared_pos = false;     // one position bias for all blocks
    int64_t max_distance = 128;  // farther tokens share the last bucket
};

// Keys as in the struct, and as in the transformers library's config.json (vocab_size, d_model,
// d_kv, d_ff, num_heads, num_layers, relative_attention_num_buckets,
// relative_attention_max_distance). `where` stands in errors.
base::Result<Umt5Config> parse_umt5_config(const base::Json& json, const std::string& where);

class Umt5Encoder {
public:
    // `stream`: of "blocks.", where they do not fit into memory; nullptr: they do.
    static base::Result<Umt5Encoder> load(const Loader& loader, const Umt5Config& config,
                                          std::shared_ptr<WeightStream> stream = nullptr);

    const Umt5Config& config() const { return config_; }

    // ids i32 [B,L] in [0, vocab), mask i32 [B,L] (0: a padding token, seen by no other) or
    // undefined -> [B,L,dim]. Rows of padding tokens hold numbers without meaning. Answers with
    // Cancelled when the token says so; it is looked at before each block.
    base::Result<tensor::Tensor> encode(const tensor::Tensor& ids, const tensor::Tensor& mask,
                                        const base::CancelToken* cancel = nullptr) const;

private:
    struct Block {
        tensor::Tensor norm1, norm2;
        tensor::Linear q, k, v, o, gate, fc1, fc2;
        tensor::Tensor position;  // [buckets, heads], or undefined where it is shared
    };

    tensor::Tensor bias(const tensor::Tensor& position, int64_t length,
                        const tensor::Tensor& mask) const;

    Umt5Config config_;
    tensor::Tensor tokens_, position_, norm_;
    std::vector<Block> blocks_;
    std::shared_ptr<WeightStream> stream_;
};

// The bucket of keys that lie `distance` after their query (negative: before), in [0, buckets):
// half of the buckets for each direction, exact for near ones, logarithmic up to max_distance.
int64_t umt5_bucket(int64_t distance, int64_t buckets, int64_t max_distance);

}  // namespace neural::text
