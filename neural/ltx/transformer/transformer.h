// The joint audio-video diffusion transformer of LTX-2.0, 2.3 and 2.5: noisy tokens of picture and
// sound, text and noise levels in, velocities out.
//
// One forward serves several guidance passes at once (with the text, without it, perturbed, streams
// apart). The passes go through each block together, so that a block's weights are read once a
// step, and a perturbed pass begins where it first differs from its unperturbed twin.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/signal/source.h"
#include "neural/ltx/transformer/block.h"
#include "neural/ltx/transformer/config.h"
#include "neural/weights/stream.h"

namespace neural::ltx {

// Which timestep makes the modulation between the streams. All agree while every token of both
// streams has the same noise level.
enum class CrossTimestep {
    Mixed,  // scale and shift: own tokens; gate: the other stream's scalar (the vendor's newer
            // code)
    Cross,  // both: the other stream's scalar (diffusers' pipelines, the vendor's first 2.3 code)
    Own,    // both: own tokens (diffusers with use_cross_timestep false, 2.0)
};
// "mixed", "cross", "own"
base::Result<CrossTimestep> cross_timestep_of(const std::string& name);

// How a self-attention mask in 0..1 becomes a bias on the logits; the same for 0 and 1.
enum class MaskRule {
    Log,     // log(m)
    Linear,  // (1 - m) (-10000), diffusers
};

// Text of one prompt, ready for the blocks; made once and used for every step.
struct TextContext {
    tensor::Tensor video, audio;  // [B,L,width of the stream]
};

// Positions of all tokens as rotary codes; made once per clip.
struct PositionCodes {
    StreamCodes video, audio;
};

struct TransformerInput {
    tensor::Tensor video, audio;              // [B,T,in_channels]
    tensor::Tensor video_sigma, audio_sigma;  // [B]: noise level of the stream, 0..1
    tensor::Tensor video_token_sigma;         // [B,T]: sigma * mask; undefined: sigma everywhere
    tensor::Tensor audio_token_sigma;
    // [B,T], 1 where a token encodes a single picture (2.5); undefined: nowhere.
    tensor::Tensor keyframe_mask;
    tensor::Tensor video_self_mask;  // [1|B,T,T] in 0..1, or undefined
    const PositionCodes* positions = nullptr;
};

// One evaluation of the net on the input of the step.
struct Pass {
    const TextContext* text = nullptr;
    bool cross = true;                      // false: neither stream sees the other
    std::vector<int64_t> perturbed_blocks;  // whose self-attentions are skipped
    tensor::Tensor keep;                    // AttentionUse::keep, or undefined
};

struct Velocity {
    tensor::Tensor video, audio;  // [B,T,out_channels]
};

struct ForwardOptions {
    CrossTimestep cross_timestep = CrossTimestep::Mixed;
    MaskRule mask_rule = MaskRule::Log;
    const base::CancelToken* cancel = nullptr;  // looked at between blocks
    // After each block of each pass; for tests and diagnosis.
    std::function<void(size_t pass, int64_t block, const tensor::Tensor& video,
                       const tensor::Tensor& audio)>
        observe;
};

class Transformer {
public:
    // Names below the loader's prefix ("model.diffusion_model."). Tensors of the connectors that
    // share the prefix are nobody's problem here; others that nobody asked for are.
    // `stream`, where weights do not fit into memory: told of each block before it is used.
    static base::Result<Transformer> load(const Loader& at, const TransformerConfig& config,
                                          std::shared_ptr<WeightStream> stream = nullptr);
    // Streamed weights leave the memory until the next pass; nothing where they are not streamed.
    void rest() const;

    const TransformerConfig& config() const { return config_; }

    // Context of the connectors [B,L,width]; [B,L,caption_channels] where the config says
    // caption_projection.
    base::Result<TextContext> text_context(const tensor::Tensor& video,
                                           const tensor::Tensor& audio) const;
    // [B,3,T,2] and [B,1,Ta,2], see positions.h.
    PositionCodes position_codes(const tensor::Tensor& video, const tensor::Tensor& audio) const;

    // One velocity per pass. Errors: shapes that do not fit, a block that does not exist,
    // Cancelled.
    base::Result<std::vector<Velocity>> forward(const TransformerInput& input,
                                                std::span<const Pass> passes,
                                                const ForwardOptions& options = {}) const;

private:
    struct Stream {
        tensor::Linear in, out;
        AdaLn own, prompt, cross, cross_gate;
        tensor::Linear caption_1, caption_2;
        tensor::Tensor table;  // [2,width]
    };
    static Stream load_stream(const Loader& at, const std::string& mark, const StreamConfig& stream,
                              const TransformerConfig& config);
    base::Status check(const TransformerInput& input, std::span<const Pass> passes) const;
    StreamModulation modulation(const Stream& stream, const tensor::Tensor& sigma,
                                const tensor::Tensor& token_sigma,
                                const tensor::Tensor& other_sigma, CrossTimestep rule) const;
    tensor::Tensor leave(const Stream& stream, const tensor::Tensor& x,
                         const AdaLn::Output& own) const;

    TransformerConfig config_;
    Stream video_, audio_;
    tensor::Tensor keyframe_;  // [1,width]
    std::vector<Block> blocks_;
    std::shared_ptr<WeightStream> weights_;
};

}  // namespace neural::ltx
