// Gemma against a plain double implementation: one token after the other, every sum written out.
#include "neural/text/gemma/gemma.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neural/weights/generated.h"

using neural::Gemma;
using neural::GemmaConfig;
using neural::GemmaGeneration;

namespace {

using Vector = std::vector<double>;

GemmaConfig tiny(GemmaGeneration generation) {
    GemmaConfig c;
    c.generation = generation;
    c.vocabulary = 50;
    c.width = 24;
    c.layers = 4;
    c.ff_width = 40;
    c.heads = 4;
    c.window = 3;
    c.full_every = 2;
    c.local_head_dim = c.full_head_dim = 8;
    c.local_kv_heads = c.full_kv_heads = 2;
    c.query_scale = 0.3;
    if (generation == GemmaGeneration::Gemma4) {
        c.full_head_dim = 16;
        c.full_kv_heads = 1;
        c.full_position_scale = 1;
        c.full_rotary_share = 0.25;
        c.query_scale = 1;
    }
    return c;
}

class Twin {
public:
    Twin(const GemmaConfig& c, uint64_t seed) : c_(c), weights_(seed) {}

    std::vector<std::vector<Vector>> run(const std::vector<int32_t>& ids) const {
        std::vector<Vector> x;
        for (const int32_t id : ids) {
            Vector row(static_cast<size_t>(c_.width));
            const Vector table = get("embed_tokens.weight", {c_.vocabulary, c_.width});
            for (int64_t i = 0; i < c_.width; ++i)
                row[i] = table[id * c_.width + i] * std::sqrt(static_cast<double>(c_.width));
            x.push_back(row);
        }
        std::vector<std::vector<Vector>> states = {x};
        for (int64_t layer = 0; layer < c_.layers; ++layer) {
            x = block(x, layer);
            states.push_back(x);
        }
        for (Vector& row : states.back()) row = norm(row, "norm.weight");
        return states;
    }

private:
    Vector get(const std::string& name, const tensor::Shape& shape) const {
        const auto t = weights_.load(name, shape);
        const std::vector<float> values = t->to_vector();
        return Vector(values.begin(), values.end());
    }
    Vector times(const std::string& name, const Vector& x, int64_t out) const {
        const auto in = static_cast<int64_t>(x.size());
        const Vector w = get(name + ".weight", {out, in});
        Vector y(static_cast<size_t>(out), 0.0);
        for (int64_t o = 0; o < out; ++o) {
            for (int64_t i = 0; i < in; ++i) y[o] += w[o * in + i] * x[i];
        }
        return y;
    }
    Vector bare_norm(const Vector& x) const {
        double squares = 0;
        for (const double v : x) squares += v * v;
        Vector y = x;
        for (double& v : y) v /= std::sqrt(squares / static_cast<double>(x.size()) + c_.eps);
        return y;
    }
    Vector norm(const Vector& x, const std::string& name) const {
        const Vector w = get(name, {static_cast<int64_t>(x.size())});
        Vector y = bare_norm(x);
        for (size_t i = 0; i < y.size(); ++i)
            y[i] *= w[i] + (c_.generation == GemmaGeneration::Gemma3 ? 1 : 0);
        return y;
    }
    static Vector part(const Vector& x, int64_t index, int64_t dim) {
        return Vector(x.begin() + index * dim, x.begin() + (index + 1) * dim);
    }
    Vector turn(Vector x, int64_t position, bool full) const {
        const auto dim = static_cast<int64_t>(x.size());
        Vector y = x;
        for (int64_t i = 0; i < dim / 2; ++i) {
            const double share = full ? c_.full_rotary_share : 1.0;
            const double theta = full ? c_.full_theta : c_.local_theta;
            double angle =
                static_cast<double>(position) *
                std::pow(theta, -2.0 * static_cast<double>(i) / static_cast<double>(dim));
            if (full) angle /= c_.full_position_scale;
            if (static_cast<double>(i) >= share * static_cast<double>(dim / 2)) angle = 0;
            y[i] = x[i] * std::cos(angle) - x[i + dim / 2] * std::sin(angle);
            y[i + dim / 2] = x[i + dim / 2] * std::cos(angle) + x[i] * std::sin(angle);
        }
        return y;
    }

    std::vector<Vector> block(const std::vector<Vector>& x, int64_t layer) const {
        const std::string at = "layers." + std::to_string(layer) + ".";
        const bool full = (layer + 1) % c_.full_every == 0,
                   fourth = c_.generation == GemmaGeneration::Gemma4;
        const int64_t dim = full ? c_.full_head_dim : c_.local_head_dim,
                      kv = full ? c_.full_kv_heads : c_.local_kv_heads;
        const auto length = static_cast<int64_t>(x.size());
        std::vector<Vector> q, k, v;
        for (int64_t t = 0; t < length; ++t) {
            const Vector y = norm(x[t], at + "input_layernorm.weight");
            const Vector qs = times(at + "self_attn.q_proj", y, c_.heads * dim),
                         ks = times(at + "self_attn.k_proj", y, kv * dim);
            const Vector vs = fourth && full ? ks : times(at + "self_attn.v_proj", y, kv * dim);
            for (int64_t h = 0; h < c_.heads; ++h)
                q.push_back(turn(norm(part(qs, h, dim), at + "self_attn.q_norm.weight"), t, full));
            for (int64_t h = 0; h < kv; ++h) {
                k.push_back(turn(norm(part(ks, h, dim), at + "self_attn.k_norm.weight"), t, full));
                v.push_back(fourth ? bare_norm(part(vs, h, dim)) : part(vs, h, dim));
            }
        }
        std::vector<Vector> out;
        for (int64_t t = 0; t < length; ++t) {
            Vector joined;
            for (int64_t h = 0; h < c_.heads; ++h) {
                const int64_t group = h / (c_.heads / kv);
                Vector weighted(static_cast<size_t>(dim), 0.0);
                double sum = 0;
                for (int64_t s = full ? 0 : std::max<int64_t>(0, t - c_.window + 1); s <= t; ++s) {
                    double dot = 0;
                    for (int64_t i = 0; i < dim; ++i)
                        dot += q[t * c_.heads + h][i] * k[s * kv + group][i];
                    const double p = std::exp(dot * c_.query_scale);
                    sum += p;
                    for (int64_t i = 0; i < dim; ++i) weighted[i] += p * v[s * kv + group][i];
                }
                for (const double w : weighted) joined.push_back(w / sum);
            }
            Vector y = norm(times(at + "self_attn.o_proj", joined, c_.width),
                            at + "post_attention_layernorm.weight");
            for (int64_t i = 0; i < c_.width; ++i) y[i] += x[t][i];
            const Vector z = norm(y, at + "pre_feedforward_layernorm.weight");
            const Vector gate = times(at + "mlp.gate_proj", z, c_.ff_width);
            Vector up = times(at + "mlp.up_proj", z, c_.ff_width);
            for (size_t i = 0; i < up.size(); ++i) {
                const double g = gate[i];
                up[i] *=
                    0.5 * g * (1 + std::tanh(std::sqrt(2 / M_PI) * (g + 0.044715 * g * g * g)));
            }
            const Vector down = norm(times(at + "mlp.down_proj", up, c_.width),
                                     at + "post_feedforward_layernorm.weight");
            const double scalar = fourth ? get(at + "layer_scalar", {1})[0] : 1.0;
            for (int64_t i = 0; i < c_.width; ++i) y[i] = (y[i] + down[i]) * scalar;
            out.push_back(y);
        }
        return out;
    }

    GemmaConfig c_;
    neural::GeneratedWeights weights_;
};

TEST(Gemma, EqualsItsDoubleTwin) {
    for (const GemmaGeneration generation : {GemmaGeneration::Gemma3, GemmaGeneration::Gemma4}) {
        const GemmaConfig c = tiny(generation);
        const std::vector<int32_t> ids = {3, 17, 4, 4, 49, 0, 21, 8};
        const auto net =
            Gemma::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(9)), c);
        ASSERT_TRUE(net.ok());
        const auto states = net->hidden_states(ids);
        ASSERT_TRUE(states.ok());
        const auto want = Twin(c, 9).run(ids);
        ASSERT_EQ(states->size(), want.size());
        for (size_t s = 0; s < want.size(); ++s) {
            for (size_t t = 0; t < ids.size(); ++t) {
                for (int64_t i = 0; i < c.width; ++i) {
                    ASSERT_NEAR((*states)[s].f32()[static_cast<int64_t>(t) * c.width + i],
                                want[s][t][i], 2e-5 * std::max(1.0, std::abs(want[s][t][i])))
                        << s << " " << t << " " << i;
                }
            }
        }
    }
}

TEST(Gemma, LaterTokensDoNotChangeEarlierStates) {
    const auto net = Gemma::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(9)),
                                 tiny(GemmaGeneration::Gemma3));
    const auto a = net->hidden_states({3, 17, 4, 4}), b = net->hidden_states({3, 17, 4, 30, 2});
    for (int64_t i = 0; i < 3 * 24; ++i) ASSERT_NEAR(a->back().f32()[i], b->back().f32()[i], 1e-5);
}

TEST(Gemma, RefusesTokensOfAnotherModelAndOddConfigs) {
    const auto net = Gemma::load(neural::Loader(std::make_shared<neural::GeneratedWeights>(9)),
                                 tiny(GemmaGeneration::Gemma3));
    EXPECT_FALSE(net->hidden_states({}).ok());
    EXPECT_FALSE(net->hidden_states({50}).ok());
    for (const char* json : {R"({"hidden_size": -1})", R"({"num_attention_heads": "x"})",
                             R"({"num_attention_heads": 3, "num_key_value_heads": 2})"}) {
        EXPECT_FALSE(
            neural::parse_gemma_config(base::Json::parse(json), GemmaGeneration::Gemma3).ok())
            << json;
    }
}

}  // namespace
