#include "neural/ltx/transformer/transformer.h"

#include <algorithm>
#include <cmath>

#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using tensor::Activation;
using tensor::Shape;
using tensor::Tensor;

namespace {

bool of_the_connectors(std::string_view name) {
    return name.find("embeddings_connector.") != name.npos ||
           name.find("text_embedding_projection.") != name.npos;
}

// Large enough to silence a key, small enough to survive any factor that a kernel applies.
constexpr float kSilenced = -1e30f;

Tensor mask_bias(const Tensor& mask, MaskRule rule) {
    Tensor bias({mask.dim(0), 1, mask.dim(1), mask.dim(2)});
    for (int64_t i = 0; i < bias.elements(); ++i) {
        const float m = mask.f32()[i];
        bias.f32()[i] = rule == MaskRule::Linear ? (1.0f - m) * -10000.0f
                        : m > 0                  ? std::log(m)
                                                 : kSilenced;
    }
    return bias;
}

}  // namespace

base::Result<CrossTimestep> cross_timestep_of(const std::string& name) {
    if (name == "mixed") return CrossTimestep::Mixed;
    if (name == "cross") return CrossTimestep::Cross;
    if (name == "own") return CrossTimestep::Own;
    return base::usage_error("av_ca_timestep must be mixed, cross or own, not " + name);
}

void Transformer::rest() const {
    if (weights_) weights_->leave();
}

Transformer::Stream Transformer::load_stream(const Loader& at, const std::string& mark,
                                             const StreamConfig& stream,
                                             const TransformerConfig& config) {
    const int64_t width = stream.width();
    const bool is_video = mark.empty();
    Stream s;
    s.in = at.linear(mark + "patchify_proj", stream.in_channels, width);
    s.out = at.linear(mark + "proj_out", width, stream.out_channels);
    s.table = at.vector(mark + "scale_shift_table", {2, width});
    s.own = AdaLn::load(at.at(mark + "adaln_single"), width, config.modulation_rows());
    if (config.text_modulation && config.prompt_modulation)
        s.prompt = AdaLn::load(at.at(mark + "prompt_adaln_single"), width, 2);
    s.cross = AdaLn::load(at.at(is_video ? "av_ca_video_scale_shift_adaln_single"
                                         : "av_ca_audio_scale_shift_adaln_single"),
                          width, 4);
    s.cross_gate = AdaLn::load(
        at.at(is_video ? "av_ca_a2v_gate_adaln_single" : "av_ca_v2a_gate_adaln_single"), width, 1);
    if (config.caption_projection) {
        const Loader caption = at.at(mark + "caption_projection");
        s.caption_1 = caption.linear("linear_1", config.caption_channels, width);
        s.caption_2 = caption.linear("linear_2", width, width);
    }
    return s;
}

base::Result<Transformer> Transformer::load(const Loader& at, const TransformerConfig& config,
                                            std::shared_ptr<WeightStream> stream) {
    Transformer t;
    t.weights_ = std::move(stream);
    t.config_ = config;
    t.video_ = load_stream(at, "", config.video, config);
    t.audio_ = load_stream(at, "audio_", config.audio, config);
    if (config.keyframe_embedding)
        t.keyframe_ = at.vector("keyframes_abs_pos_embedding", {1, config.video.width()});
    for (int64_t i = 0; i < config.layers; ++i)
        t.blocks_.push_back(Block::load(at.at("transformer_blocks", i), config));
    TRY(at.finish(true, of_the_connectors));
    return t;
}

base::Result<TextContext> Transformer::text_context(const Tensor& video,
                                                    const Tensor& audio) const {
    const bool projects = config_.caption_projection;
    const int64_t want_video = projects ? config_.caption_channels : config_.video.width();
    const int64_t want_audio = projects ? config_.caption_channels : config_.audio.width();
    if (video.rank() != 3 || audio.rank() != 3 || video.dim(2) != want_video ||
        audio.dim(2) != want_audio || video.dim(0) != audio.dim(0) || video.dim(1) < 1 ||
        audio.dim(1) < 1) {
        return base::failed("text contexts of " + video.shape().text() + " and " +
                            audio.shape().text() + " do not fit a transformer that takes widths " +
                            std::to_string(want_video) + " and " + std::to_string(want_audio));
    }
    if (!projects) return TextContext{video, audio};
    return TextContext{video_.caption_2(video_.caption_1(video, Activation::GeluTanh)),
                       audio_.caption_2(audio_.caption_1(audio, Activation::GeluTanh))};
}

PositionCodes Transformer::position_codes(const Tensor& video, const Tensor& audio) const {
    const StreamConfig &v = config_.video, &a = config_.audio;
    const double time_max = std::max(config_.max_position[0], config_.audio_max_position);
    const Tensor video_time = tensor::slice(video, 1, 0, 1);
    PositionCodes codes;
    codes.video.own = rope_table(video, config_.max_position, v.heads, v.head_dim, config_.rope);
    codes.audio.own =
        rope_table(audio, {&config_.audio_max_position, 1}, a.heads, a.head_dim, config_.rope);
    codes.video.cross = rope_table(video_time, {&time_max, 1}, a.heads, a.head_dim, config_.rope);
    codes.audio.cross = rope_table(audio, {&time_max, 1}, a.heads, a.head_dim, config_.rope);
    return codes;
}

base::Status Transformer::check(const TransformerInput& in, std::span<const Pass> passes) const {
    const auto wrong = [](const std::string& what) {
        return base::failed(what + " does not fit the transformer");
    };
    if (in.video.rank() != 3 || in.video.dim(2) != config_.video.in_channels || in.video.dim(1) < 1)
        return wrong("a video latent " + in.video.shape().text());
    const int64_t B = in.video.dim(0), T = in.video.dim(1);
    if (in.audio.rank() != 3 || in.audio.dim(2) != config_.audio.in_channels ||
        in.audio.dim(0) != B || in.audio.dim(1) < 1)
        return wrong("an audio latent " + in.audio.shape().text());
    const int64_t Ta = in.audio.dim(1);
    if (!(in.video_sigma.shape() == Shape{B}) || !(in.audio_sigma.shape() == Shape{B}))
        return wrong("a noise level that is not one a sample");
    const auto fits = [](const Tensor& t, const Shape& shape) {
        return !t.defined() || t.shape() == shape;
    };
    if (!fits(in.video_token_sigma, {B, T}) || !fits(in.audio_token_sigma, {B, Ta}))
        return wrong("a noise level that is not one a token");
    if (!fits(in.keyframe_mask, {B, T})) return wrong("a keyframe mask that is not one a token");
    if (!fits(in.video_self_mask, {B, T, T}) && !fits(in.video_self_mask, {1, T, T}))
        return wrong("a self-attention mask " + in.video_self_mask.shape().text());
    const auto codes_fit = [&](const Tensor& table, int64_t tokens) {
        return table.defined() && table.dim(1) == tokens &&
               (table.dim(0) == 1 || table.dim(0) == B);
    };
    if (!in.positions || !codes_fit(in.positions->video.own.cos, T) ||
        !codes_fit(in.positions->audio.own.cos, Ta))
        return wrong("a position code of another number of tokens");
    for (const Pass& p : passes) {
        if (!p.text || !p.text->video.defined() || !p.text->audio.defined() ||
            p.text->video.dim(0) != B || p.text->audio.dim(0) != B)
            return wrong("a text context of another batch");
        if (p.keep.defined() && !(p.keep.shape() == Shape{B}))
            return wrong("a perturbation mask that is not one a sample");
        for (const int64_t block : p.perturbed_blocks) {
            if (block < 0 || block >= config_.layers) {
                return base::failed("block " + std::to_string(block) + " of a model of " +
                                    std::to_string(config_.layers) + " cannot be perturbed");
            }
        }
    }
    return {};
}

StreamModulation Transformer::modulation(const Stream& stream, const Tensor& sigma,
                                         const Tensor& token_sigma, const Tensor& other_sigma,
                                         CrossTimestep rule) const {
    const SigmaRows own =
        token_sigma.defined() ? rows_of_tokens(token_sigma) : rows_of_batch(sigma);
    const SigmaRows other = rows_of_batch(other_sigma);
    StreamModulation m;
    m.own = stream.own(own, config_.timestep_scale);
    if (config_.text_modulation && config_.prompt_modulation)
        m.prompt = stream.prompt(rows_of_batch(sigma), config_.timestep_scale);
    m.cross = stream.cross(rule == CrossTimestep::Cross ? other : own, config_.timestep_scale);
    m.cross_gate =
        stream.cross_gate(rule == CrossTimestep::Own ? own : other, config_.av_timestep_scale);
    return m;
}

Tensor Transformer::leave(const Stream& stream, const Tensor& x, const AdaLn::Output& own) const {
    tensor::NormOptions options;
    options.kind = tensor::NormKind::Layer;
    options.eps = static_cast<float>(config_.norm_eps);
    options.modulation = {tensor::affine(own.embedded, {}, stream.table.rows(1, 2)),
                          tensor::affine(own.embedded, {}, stream.table.rows(0, 1)), own.map};
    return stream.out(tensor::norm(x, options));
}

base::Result<std::vector<Velocity>> Transformer::forward(const TransformerInput& in,
                                                         std::span<const Pass> passes,
                                                         const ForwardOptions& options) const {
    TRY(check(in, passes));
    const StreamModulation video_modulation = modulation(
        video_, in.video_sigma, in.video_token_sigma, in.audio_sigma, options.cross_timestep);
    const StreamModulation audio_modulation = modulation(
        audio_, in.audio_sigma, in.audio_token_sigma, in.video_sigma, options.cross_timestep);
    const Tensor bias =
        in.video_self_mask.defined() ? mask_bias(in.video_self_mask, options.mask_rule) : Tensor();
    Tensor video = video_.in(in.video);
    if (in.keyframe_mask.defined() && keyframe_.defined()) {
        // mask [B,T] as rows of a table {0, embedding}.
        const SigmaRows rows = rows_of_tokens(in.keyframe_mask);
        Tensor table = Tensor::zeros({static_cast<int64_t>(rows.values.size()), video.dim(2)});
        for (size_t r = 0; r < rows.values.size(); ++r) {
            Tensor row = table.rows(static_cast<int64_t>(r), static_cast<int64_t>(r) + 1);
            tensor::add_inplace(row, tensor::scale(keyframe_, rows.values[r]));
        }
        video = tensor::modulate(video, {{}, table, rows.map});
    }
    const Tensor audio = audio_.in(in.audio);

    struct State {
        Tensor video, audio;
        size_t twin;        // the pass whose states this one shares at first; itself: none
        int64_t first = 0;  // the first block that is its own
    };
    std::vector<State> states;
    for (size_t i = 0; i < passes.size(); ++i) {
        State s{{}, {}, i};
        const Pass& p = passes[i];
        for (size_t j = 0; j < i && !p.perturbed_blocks.empty(); ++j) {
            if (passes[j].perturbed_blocks.empty() && passes[j].text == p.text &&
                passes[j].cross == p.cross) {
                s.twin = j;
                s.first = *std::min_element(p.perturbed_blocks.begin(), p.perturbed_blocks.end());
                break;
            }
        }
        if (s.twin == i) {
            s.video = video.clone();
            s.audio = audio.clone();
        }
        states.push_back(std::move(s));
    }
    video = {};

    for (int64_t block = 0; block < config_.layers; ++block) {
        if (weights_) weights_->enter(block);
        for (State& s : states) {
            if (s.first == block && !s.video.defined()) {
                s.video = states[s.twin].video.clone();
                s.audio = states[s.twin].audio.clone();
            }
        }
        for (size_t i = 0; i < passes.size(); ++i) {
            if (!states[i].video.defined()) continue;
            if (options.cancel) TRY(options.cancel->check());
            const Pass& p = passes[i];
            BlockUse use;
            use.video_modulation = &video_modulation;
            use.audio_modulation = &audio_modulation;
            use.video_codes = &in.positions->video;
            use.audio_codes = &in.positions->audio;
            use.video_context = p.text->video;
            use.audio_context = p.text->audio;
            use.video_bias = bias;
            use.cross = p.cross;
            use.perturbed = std::find(p.perturbed_blocks.begin(), p.perturbed_blocks.end(),
                                      block) != p.perturbed_blocks.end();
            use.keep = p.keep;
            blocks_[static_cast<size_t>(block)](states[i].video, states[i].audio, use);
            if (options.observe) options.observe(i, block, states[i].video, states[i].audio);
        }
    }
    std::vector<Velocity> velocities;
    for (State& s : states) {
        velocities.push_back({leave(video_, s.video, video_modulation.own),
                              leave(audio_, s.audio, audio_modulation.own)});
        s.video = s.audio = {};
    }
    return velocities;
}

}  // namespace neural::ltx
