#include "neural/weights/generated.h"

#include <cmath>
#include <string_view>

namespace neural {
namespace {

enum class Kind { Factor, OnePlus, OnePlusMagnitude, Magnitude };
struct Rule {
    Kind kind;
    float c;
};

bool ends(std::string_view name, std::string_view tail) { return name.ends_with(tail); }
bool contains(std::string_view name, std::string_view part) { return name.find(part) != name.npos; }

// The first rule that matches, in FORMAT.md's order (its rule 1, stored tensors, is the caller's).
Rule rule_of(std::string_view name, const tensor::Shape& shape) {
    const int64_t fan = shape.rank() > 1 ? shape.product(1, shape.rank()) : 1;
    const auto spread = [&](double gain) {
        return Rule{Kind::Factor, static_cast<float>(gain / std::sqrt(static_cast<double>(fan)))};
    };
    if (ends(name, "std-of-means")) return {Kind::OnePlusMagnitude, 0.2f};
    if (ends(name, "mean-of-means")) return {Kind::Factor, 0.1f};
    if (ends(name, ".alpha") || ends(name, ".beta")) return {Kind::Factor, 0.2f};
    if (ends(name, "mel_basis")) return {Kind::Magnitude, 0.05f};
    if (contains(name, "scale_shift_table") || ends(name, "modulation") ||
        ends(name, "modality_emb"))
        return {Kind::Factor, 0.1f};
    if (ends(name, "keyframes_abs_pos_embedding")) return {Kind::Factor, 0.5f};
    if (ends(name, "learnable_registers") || ends(name, "query_tokens") ||
        ends(name, "token_embedding.weight"))
        return {Kind::Factor, 1.0f};
    if (ends(name, "pos_embedding.embedding.weight")) return {Kind::Factor, 0.5f};
    if (ends(name, ".gamma") || (shape.rank() == 1 && ends(name, ".weight")))
        return {Kind::OnePlus, 0.1f};
    if (ends(name, "bias")) return {Kind::Factor, 0.1f};
    if (ends(name, "conv_post.weight")) return spread(1.2);
    if (contains(name, ".convs2.")) return spread(0.6);
    return spread(1.7);
}

}  // namespace

GeneratedWeights::GeneratedWeights(uint64_t seed, std::map<std::string, tensor::Tensor> stored)
    : seed_(seed), stored_(std::move(stored)) {}

std::string GeneratedWeights::where() const {
    return "generated (seed " + std::to_string(seed_) + ")";
}

std::optional<TensorInfo> GeneratedWeights::info(const std::string& name,
                                                 const tensor::Shape& wanted) const {
    const auto found = stored_.find(name);
    if (found != stored_.end()) return TensorInfo{found->second.dtype(), found->second.shape()};
    return TensorInfo{tensor::DType::F32, wanted};
}

base::Result<tensor::Tensor> GeneratedWeights::load(const std::string& name,
                                                    const tensor::Shape& wanted) const {
    const auto found = stored_.find(name);
    if (found != stored_.end()) return found->second;
    uint64_t state = 0xcbf29ce484222325u;
    for (const char c : name) state = (state ^ static_cast<uint8_t>(c)) * 0x100000001b3u;
    state ^= seed_ * 0x9E3779B97F4A7C15u;
    const Rule rule = rule_of(name, wanted);
    tensor::Tensor t(wanted);
    float* values = t.f32();
    for (int64_t i = 0; i < t.elements(); ++i) {
        state += 0x9E3779B97F4A7C15u;
        uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        z ^= z >> 31;
        const float u = static_cast<float>(static_cast<int64_t>(z >> 40) - 8388608) * 0x1p-23f;
        switch (rule.kind) {
            case Kind::Factor: values[i] = rule.c * u; break;
            case Kind::OnePlus: values[i] = 1.0f + rule.c * u; break;
            case Kind::OnePlusMagnitude: values[i] = 1.0f + rule.c * std::abs(u); break;
            case Kind::Magnitude: values[i] = rule.c * std::abs(u); break;
        }
    }
    return t;
}

}  // namespace neural
