// One block of the joint transformer: per stream self-attention and text attention, then both
// streams look at each other, then per stream the feed-forward (neural-models notes 2.5).
#pragma once

#include <vector>

#include "neural/ltx/transformer/attention.h"
#include "neural/ltx/transformer/config.h"
#include "neural/ltx/transformer/timestep.h"

namespace neural::ltx {

// What follows from the timesteps of one stream; the same for all blocks.
struct StreamModulation {
    AdaLn::Output own;         // 9 or 6 rows of the stream's width
    AdaLn::Output prompt;      // 2 rows, batch entries; undefined without prompt modulation
    AdaLn::Output cross;       // 4 rows: scale, shift as audio-to-video's, then video-to-audio's
    AdaLn::Output cross_gate;  // 1 row: of what the stream takes from the other
};

struct StreamCodes {
    RopeTable own;    // of the self-attention
    RopeTable cross;  // time only, of the attention between the streams
};

// What the blocks get beside the hidden states; one per guidance pass.
struct BlockUse {
    const StreamModulation* video_modulation = nullptr;
    const StreamModulation* audio_modulation = nullptr;
    const StreamCodes* video_codes = nullptr;
    const StreamCodes* audio_codes = nullptr;
    tensor::Tensor video_context, audio_context;  // [B,L,width]
    tensor::Tensor video_bias;                    // of the video's self-attention, or undefined
    bool cross = true;                            // the streams look at each other
    bool perturbed = false;                       // this block's two self-attentions
    tensor::Tensor keep;                          // AttentionUse::keep
};

class StreamBlock {
public:
    StreamBlock() = default;
    // mark: "" or "audio_".
    static StreamBlock load(const Loader& at, const std::string& mark, const StreamConfig& stream,
                            const TransformerConfig& config);

    // x [B,T,width] changes in place.
    void look_around(tensor::Tensor& x, const StreamModulation& m, const StreamCodes& codes,
                     const tensor::Tensor& context, const AttentionUse& use) const;
    void think(tensor::Tensor& x, const StreamModulation& m) const;

private:
    // Row r of own modulation and table, [R,width].
    std::vector<tensor::Tensor> rows(const AdaLn::Output& m) const;

    float eps_ = 1e-6f;
    bool text_modulation_ = true;
    Attention self_, text_;
    FeedForward ff_;
    tensor::Tensor table_;         // [9|6, width]
    tensor::Tensor prompt_table_;  // [2, width] with text modulation
};

class Block {
public:
    Block() = default;
    static Block load(const Loader& at, const TransformerConfig& config);

    void operator()(tensor::Tensor& video, tensor::Tensor& audio, const BlockUse& use) const;

private:
    void look_across(tensor::Tensor& video, tensor::Tensor& audio, const BlockUse& use) const;

    float eps_ = 1e-6f;
    StreamBlock video_, audio_;
    Attention audio_to_video_, video_to_audio_;
    tensor::Tensor video_cross_table_, audio_cross_table_;  // [5, width]
};

}  // namespace neural::ltx
