#include "neural/ltx/transformer/block.h"

#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::ltx {

using tensor::Tensor;

namespace {

// [R, n*D] plus a table [n, D], as n tensors [R, D].
std::vector<Tensor> table_rows(const Tensor& modulation, const Tensor& table) {
    return tensor::chunk(tensor::affine(modulation, {}, table.reshape({table.elements()})),
                         static_cast<int>(table.dim(0)), 1);
}

Tensor modulated_norm(const Tensor& x, float eps, const Tensor& scale, const Tensor& shift,
                      const tensor::RowMap& map) {
    tensor::NormOptions options;
    options.eps = eps;
    options.modulation = {scale, shift, map};
    return tensor::norm(x, options);
}

// Rows of a stream's own table.
enum {
    kShiftSelf,
    kScaleSelf,
    kGateSelf,
    kShiftFf,
    kScaleFf,
    kGateFf,
    kShiftText,
    kScaleText,
    kGateText
};

}  // namespace

StreamBlock StreamBlock::load(const Loader& at, const std::string& mark, const StreamConfig& stream,
                              const TransformerConfig& config) {
    StreamBlock b;
    b.eps_ = static_cast<float>(config.norm_eps);
    b.text_modulation_ = config.text_modulation;
    const int64_t width = stream.width();
    const AttentionSize size{width, width, stream.heads, stream.head_dim, config.gated_attention,
                             b.eps_};
    b.self_ = Attention::load(at.at(mark + "attn1"), size);
    b.text_ = Attention::load(at.at(mark + "attn2"), size);
    b.ff_ = FeedForward::load(at.at(mark + "ff"), width, stream.ff_bias);
    b.table_ = at.vector(mark + "scale_shift_table", {config.modulation_rows(), width});
    if (config.text_modulation)
        b.prompt_table_ = at.vector(mark + "prompt_scale_shift_table", {2, width});
    return b;
}

std::vector<Tensor> StreamBlock::rows(const AdaLn::Output& m) const {
    return table_rows(m.modulation, table_);
}

void StreamBlock::look_around(Tensor& x, const StreamModulation& m, const StreamCodes& codes,
                              const Tensor& context, const AttentionUse& use) const {
    const std::vector<Tensor> row = rows(m.own);
    const tensor::RowMap& map = m.own.map;
    {
        const Tensor h = modulated_norm(x, eps_, row[kScaleSelf], row[kShiftSelf], map);
        AttentionUse self = use;
        self.query_rope = &codes.own;
        tensor::gated_add_inplace(x, row[kGateSelf], map, self_(h, h, self));
    }
    if (!text_modulation_) {
        tensor::add_inplace(x, text_(tensor::rms_norm(x, eps_), context, {}));
        return;
    }
    const Tensor h = modulated_norm(x, eps_, row[kScaleText], row[kShiftText], map);
    std::vector<Tensor> prompt;
    if (m.prompt.modulation.defined()) {
        prompt = table_rows(m.prompt.modulation, prompt_table_);
    } else {
        prompt = {prompt_table_.rows(0, 1), prompt_table_.rows(1, 2)};
    }
    const Tensor modulated = tensor::modulate(context, {prompt[1], prompt[0], m.prompt.map});
    tensor::gated_add_inplace(x, row[kGateText], map, text_(h, modulated, {}));
}

void StreamBlock::think(Tensor& x, const StreamModulation& m) const {
    const std::vector<Tensor> row = rows(m.own);
    const Tensor h = modulated_norm(x, eps_, row[kScaleFf], row[kShiftFf], m.own.map);
    tensor::gated_add_inplace(x, row[kGateFf], m.own.map, ff_(h));
}

Block Block::load(const Loader& at, const TransformerConfig& config) {
    Block b;
    b.eps_ = static_cast<float>(config.norm_eps);
    b.video_ = StreamBlock::load(at, "", config.video, config);
    b.audio_ = StreamBlock::load(at, "audio_", config.audio, config);
    const int64_t video = config.video.width(), audio = config.audio.width();
    // Both directions work at the sound's width.
    const auto size = [&](int64_t query, int64_t context) {
        return AttentionSize{
            query, context, config.audio.heads, config.audio.head_dim, config.gated_attention,
            b.eps_};
    };
    b.audio_to_video_ = Attention::load(at.at("audio_to_video_attn"), size(video, audio));
    b.video_to_audio_ = Attention::load(at.at("video_to_audio_attn"), size(audio, video));
    b.video_cross_table_ = at.vector("scale_shift_table_a2v_ca_video", {5, video});
    b.audio_cross_table_ = at.vector("scale_shift_table_a2v_ca_audio", {5, audio});
    return b;
}

void Block::operator()(Tensor& video, Tensor& audio, const BlockUse& use) const {
    AttentionUse self;
    self.perturbed = use.perturbed;
    self.keep = use.keep;
    audio_.look_around(audio, *use.audio_modulation, *use.audio_codes, use.audio_context, self);
    self.bias = use.video_bias;
    video_.look_around(video, *use.video_modulation, *use.video_codes, use.video_context, self);
    if (use.cross) look_across(video, audio, use);
    video_.think(video, *use.video_modulation);
    audio_.think(audio, *use.audio_modulation);
}

void Block::look_across(Tensor& video, Tensor& audio, const BlockUse& use) const {
    const StreamModulation &vm = *use.video_modulation, &am = *use.audio_modulation;
    // Rows scale, shift (this order only here) of audio-to-video, then of video-to-audio.
    const std::vector<Tensor> v = table_rows(vm.cross.modulation, video_cross_table_.rows(0, 4));
    const std::vector<Tensor> a = table_rows(am.cross.modulation, audio_cross_table_.rows(0, 4));
    const Tensor video_gate =
        table_rows(vm.cross_gate.modulation, video_cross_table_.rows(4, 5))[0];
    const Tensor audio_gate =
        table_rows(am.cross_gate.modulation, audio_cross_table_.rows(4, 5))[0];

    // Both directions see the streams as they were; the sound's side is the small one to keep.
    AttentionUse to_audio;
    to_audio.query_rope = &use.audio_codes->cross;
    to_audio.key_rope = &use.video_codes->cross;
    const Tensor for_audio =
        video_to_audio_(modulated_norm(audio, eps_, a[2], a[3], am.cross.map),
                        modulated_norm(video, eps_, v[2], v[3], vm.cross.map), to_audio);
    AttentionUse to_video;
    to_video.query_rope = &use.video_codes->cross;
    to_video.key_rope = &use.audio_codes->cross;
    const Tensor for_video =
        audio_to_video_(modulated_norm(video, eps_, v[0], v[1], vm.cross.map),
                        modulated_norm(audio, eps_, a[0], a[1], am.cross.map), to_video);
    tensor::gated_add_inplace(video, video_gate, vm.cross_gate.map, for_video);
    tensor::gated_add_inplace(audio, audio_gate, am.cross_gate.map, for_audio);
}

}  // namespace neural::ltx
