#include "neural/text/umt5.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "neural/weights/config_values.h"
#include "tensor/core/parallel.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::text {

using tensor::Activation;
using tensor::Shape;
using tensor::Tensor;

namespace {
constexpr float kEps = 1e-6f;
}

base::Result<Umt5Config> parse_umt5_config(const base::Json& json, const std::string& where) {
    ConfigValues v(json, where);
    Umt5Config c;
    const auto key = [&](const char* ours, const char* theirs) {
        return v.has(ours) ? ours : theirs;
    };
    c.vocab = v.integer(key("vocab", "vocab_size"), c.vocab, 2, 1 << 24);
    c.dim = v.integer(key("dim", "d_model"), c.dim, 1, 1 << 16);
    c.num_heads = v.integer("num_heads", c.num_heads, 1, 1024);
    c.dim_attn = v.has("d_kv") ? c.num_heads * v.integer("d_kv", 64, 1, 4096)
                               : v.integer("dim_attn", c.dim_attn, 1, 1 << 16);
    c.dim_ffn = v.integer(key("dim_ffn", "d_ff"), c.dim_ffn, 1, 1 << 20);
    c.num_layers = v.integer("num_layers", c.num_layers, 1, 1024);
    c.num_buckets =
        v.integer(key("num_buckets", "relative_attention_num_buckets"), c.num_buckets, 4, 4096);
    c.max_distance =
        v.integer(key("max_distance", "relative_attention_max_distance"), c.max_distance, 2, 65536);
    c.shared_pos = v.boolean("shared_pos", c.shared_pos);
    if (c.dim_attn % c.num_heads != 0) v.problem("dim_attn must be a multiple of num_heads");
    if (c.max_distance <= c.num_buckets / 4)
        v.problem("max_distance must be beyond the buckets that are exact");
    TRY(v.status());
    return c;
}

int64_t umt5_bucket(int64_t distance, int64_t buckets, int64_t max_distance) {
    const int64_t half = buckets / 2, exact = half / 2;
    const int64_t side = distance > 0 ? half : 0;
    const int64_t far = std::abs(distance);
    if (far < exact) return side + far;
    // In f32 and this order: distances lie on the borders of buckets, where one ulp shows.
    const float e = static_cast<float>(exact);
    const float place = std::log(static_cast<float>(far) / e) /
                        static_cast<float>(std::log(static_cast<double>(max_distance) /
                                                    static_cast<double>(exact))) *
                        static_cast<float>(half - exact);
    return side + std::min(exact + static_cast<int64_t>(place), half - 1);
}

base::Result<Umt5Encoder> Umt5Encoder::load(const Loader& loader, const Umt5Config& c,
                                            std::shared_ptr<WeightStream> stream) {
    Umt5Encoder net;
    net.stream_ = std::move(stream);
    net.config_ = c;
    net.tokens_ = loader.stored("token_embedding.weight", {c.vocab, c.dim});
    const Shape table{c.num_buckets, c.num_heads};
    if (c.shared_pos) net.position_ = loader.vector("pos_embedding.embedding.weight", table);
    for (int64_t i = 0; i < c.num_layers; ++i) {
        const Loader at = loader.at("blocks", i);
        Block b;
        b.norm1 = at.vector("norm1.weight", {c.dim});
        b.q = at.linear("attn.q", c.dim, c.dim_attn, false);
        b.k = at.linear("attn.k", c.dim, c.dim_attn, false);
        b.v = at.linear("attn.v", c.dim, c.dim_attn, false);
        b.o = at.linear("attn.o", c.dim_attn, c.dim, false);
        b.norm2 = at.vector("norm2.weight", {c.dim});
        b.gate = at.linear("ffn.gate.0", c.dim, c.dim_ffn, false);
        b.fc1 = at.linear("ffn.fc1", c.dim, c.dim_ffn, false);
        b.fc2 = at.linear("ffn.fc2", c.dim_ffn, c.dim, false);
        if (!c.shared_pos) b.position = at.vector("pos_embedding.embedding.weight", table);
        net.blocks_.push_back(std::move(b));
    }
    net.norm_ = loader.vector("norm.weight", {c.dim});
    TRY(loader.finish());
    return net;
}

// [1|B, H, L, L]: the position bias, and the lowest number where the key is padding.
Tensor Umt5Encoder::bias(const Tensor& position, int64_t length, const Tensor& mask) const {
    const int64_t heads = config_.num_heads, batch = mask.defined() ? mask.dim(0) : 1;
    std::vector<int64_t> bucket(static_cast<size_t>(2 * length - 1));
    for (int64_t d = 1 - length; d < length; ++d) {
        bucket[static_cast<size_t>(d + length - 1)] =
            umt5_bucket(d, config_.num_buckets, config_.max_distance);
    }
    Tensor bias(Shape{batch, heads, length, length});
    const float* table = position.f32();
    const int32_t* keep = mask.defined() ? mask.i32() : nullptr;
    float* out = bias.f32();
    tensor::parallel_for(batch * heads * length, 16, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row) {
            const int64_t query = row % length, head = row / length % heads;
            const int32_t* keys = keep ? keep + row / length / heads * length : nullptr;
            for (int64_t key = 0; key < length; ++key) {
                const int64_t place = bucket[static_cast<size_t>(key - query + length - 1)];
                out[row * length + key] = keys && keys[key] == 0
                                              ? std::numeric_limits<float>::lowest()
                                              : table[place * heads + head];
            }
        }
    });
    return bias;
}

base::Result<Tensor> Umt5Encoder::encode(const Tensor& ids, const Tensor& mask,
                                         const base::CancelToken* cancel) const {
    if (ids.rank() != 2 || ids.elements() == 0 || (mask.defined() && mask.shape() != ids.shape()))
        return base::failed("token ids and mask must be [B,L], are " + ids.shape().text());
    for (int64_t i = 0; i < ids.elements(); ++i) {
        if (ids.i32()[i] < 0 || ids.i32()[i] >= config_.vocab) {
            return base::failed("token " + std::to_string(ids.i32()[i]) +
                                " is not in the text encoder's vocabulary of " +
                                std::to_string(config_.vocab) +
                                "; the tokenizer belongs to another model");
        }
    }
    const int64_t batch = ids.dim(0), length = ids.dim(1), heads = config_.num_heads;
    const int64_t head_dim = config_.dim_attn / heads;
    Tensor x = tensor::gather_rows(tokens_, ids.reshape({batch * length}))
                   .reshape({batch, length, config_.dim});
    tensor::AttentionOptions options;
    if (position_.defined()) options.bias = bias(position_, length, mask);
    for (size_t i = 0; i < blocks_.size(); ++i) {
        const Block& b = blocks_[i];
        if (cancel) TRY(cancel->check());
        if (stream_) stream_->enter(static_cast<int64_t>(i));
        if (b.position.defined()) options.bias = bias(b.position, length, mask);
        const auto split = [&](const Tensor& t) {
            return t.reshape({batch, length, heads, head_dim});
        };
        Tensor h = tensor::rms_norm(x, kEps, b.norm1);
        const Tensor seen = tensor::attention(split(b.q(h)), split(b.k(h)), split(b.v(h)), options);
        tensor::add_inplace(x, b.o(seen.reshape({batch, length, config_.dim_attn})));
        h = tensor::rms_norm(x, kEps, b.norm2);
        tensor::add_inplace(x, b.fc2(tensor::gated(b.gate(h), b.fc1(h), Activation::GeluTanh)));
    }
    return tensor::rms_norm(x, kEps, norm_);
}

}  // namespace neural::text
