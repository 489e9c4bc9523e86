#include <algorithm>

#include "base/json/json.h"
#include "neural/engine/loras.h"
#include "neural/engine/ltx_model.h"
#include "neural/ltx/text/duration_head.h"
#include "neural/sampler/sigmas.h"
#include "neural/text/gemma/gemma.h"
#include "neural/text/tokenizer.h"
#include "neural/weights/generated.h"

namespace neural {
namespace {

constexpr uint64_t kSeed = 20260002;
constexpr int64_t kTextWidth = 24, kTextLayers = 4, kTextTokens = 512;

// LTX-2.3 in every respect but size.
const char* kConfig = R"({
  "transformer": {
    "num_layers": 3, "num_attention_heads": 4, "attention_head_dim": 16, "in_channels": 8, "out_channels": 8,
    "cross_attention_dim": 64, "audio_num_attention_heads": 4, "audio_attention_head_dim": 8,
    "audio_in_channels": 16, "audio_out_channels": 16, "audio_cross_attention_dim": 32, "caption_channels": 24,
    "norm_eps": 1e-06, "positional_embedding_theta": 10000.0, "positional_embedding_max_pos": [20, 2048, 2048],
    "audio_positional_embedding_max_pos": [20], "timestep_scale_multiplier": 1000,
    "av_ca_timestep_scale_multiplier": 1000, "use_middle_indices_grid": true, "rope_type": "split",
    "frequencies_precision": "float64", "apply_gated_attention": true, "cross_attention_adaln": true,
    "use_prompt_adaln_single": true, "ff_bias": true, "audio_ff_bias": true,
    "use_keyframes_abs_pos_embedding": false, "caption_proj_before_connector": true},
  "connectors": {
    "caption_channels": 24, "text_encoder_hidden_states": 5, "connector_num_attention_heads": 4,
    "connector_attention_head_dim": 16, "connector_num_layers": 2, "connector_num_learnable_registers": 16,
    "connector_positional_embedding_max_pos": [4096], "connector_apply_gated_attention": true,
    "audio_connector_num_attention_heads": 4, "audio_connector_attention_head_dim": 8,
    "audio_connector_num_layers": 2, "caption_proj_before_connector": true, "rope_type": "split",
    "positional_embedding_theta": 10000.0, "frequencies_precision": "float64", "norm_eps": 1e-06},
  "vae": {
    "_class_name": "CausalVideoAutoencoder", "dims": 3, "in_channels": 3, "out_channels": 3, "latent_channels": 8,
    "encoder_blocks": [["res_x", {"num_layers": 1}], ["compress_space_res", {"multiplier": 2}],
      ["res_x", {"num_layers": 1}], ["compress_time_res", {"multiplier": 2}], ["res_x", {"num_layers": 1}],
      ["compress_all_res", {"multiplier": 2}], ["res_x", {"num_layers": 1}], ["compress_all_res", {"multiplier": 1}],
      ["res_x", {"num_layers": 1}]],
    "decoder_blocks": [["res_x", {"num_layers": 1}], ["compress_space", {"multiplier": 2}],
      ["res_x", {"num_layers": 1}], ["compress_time", {"multiplier": 2}], ["res_x", {"num_layers": 1}],
      ["compress_all", {"multiplier": 1}], ["res_x", {"num_layers": 1}], ["compress_all", {"multiplier": 2}],
      ["res_x", {"num_layers": 1}]],
    "norm_layer": "pixel_norm", "patch_size": 4, "latent_log_var": "uniform", "causal_decoder": false,
    "timestep_conditioning": false, "encoder_base_channels": 8, "decoder_base_channels": 8,
    "encoder_spatial_padding_mode": "zeros", "decoder_spatial_padding_mode": "zeros"},
  "audio_vae": {
    "ch": 16, "ch_mult": [1, 2, 4], "num_res_blocks": 1, "in_channels": 2, "out_ch": 2, "z_channels": 4,
    "double_z": true, "mel_bins": 16, "resolution": 256, "attn_resolutions": [], "mid_block_add_attention": false,
    "norm_type": "pixel", "causality_axis": "height", "sample_rate": 16000, "mel_hop_length": 160, "is_causal": true},
  "vocoder": {
    "vocoder": {"resblock": "AMP1", "activation": "snakebeta", "snake_logscale": true, "use_tanh_at_final": false,
      "use_bias_at_final": false, "resblock_kernel_sizes": [3, 7, 11],
      "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5], [1, 3, 5]], "stereo": true,
      "upsample_rates": [5, 2, 2, 2, 2, 2], "upsample_kernel_sizes": [11, 4, 4, 4, 4, 4],
      "upsample_initial_channel": 64, "num_mels": 16, "apply_final_activation": true},
    "bwe": {"resblock": "AMP1", "activation": "snakebeta", "snake_logscale": true, "use_tanh_at_final": false,
      "use_bias_at_final": false, "resblock_kernel_sizes": [3, 7, 11],
      "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5], [1, 3, 5]], "stereo": true,
      "upsample_rates": [6, 5, 2, 2, 2], "upsample_kernel_sizes": [12, 11, 4, 4, 4],
      "upsample_initial_channel": 32, "num_mels": 8, "apply_final_activation": false, "n_fft": 512,
      "hop_length": 80, "win_size": 512, "input_sampling_rate": 16000, "output_sampling_rate": 48000}}
})";

GemmaConfig text_config() {
    GemmaConfig c;
    c.vocabulary = byte_tokenizer()->vocabulary_size();
    c.width = kTextWidth;
    c.layers = kTextLayers;
    c.ff_width = 48;
    c.heads = 4;
    c.window = 64;
    c.full_every = 2;
    c.local_head_dim = c.full_head_dim = 8;
    c.local_kv_heads = c.full_kv_heads = 2;
    c.query_scale = 0.35;
    return c;
}

ltx::DiffusionDecoderConfig decoder_config() {
    ltx::DiffusionDecoderConfig c;
    c.latent_channels = 8;
    c.head_dim = 8;
    c.channels = {32, 16, 8, 8, 8};
    c.depths = {1, 1, 1, 1, 1};
    c.kernels = {{3, 3, 3}, {3, 3, 3}, {3, 3, 3}, {3, 3, 3}};
    c.reductions = {2, 2, 1, 1};
    c.denoiser_kernel = {3, 3, 3};
    c.time_embedding = 16;
    return c;
}

struct States {
    std::vector<tensor::Tensor> hidden;
    tensor::Tensor mask;
};

// The transformer's part of the weights, bent by LoRAs.
base::Result<std::shared_ptr<const TensorSource>> bent(
    const std::shared_ptr<const TensorSource>& weights, const ltx::PipelineConfig& config,
    const std::vector<LoraUse>& loras) {
    const std::vector<LoraFile> files = TRY(loras_for(loras, LoraUse::Expert::Both));
    if (files.empty()) return weights;
    const auto shapes = std::make_shared<ShapesOnly>();
    const Loader loader(shapes, "model.diffusion_model.");
    TRY(ltx::Transformer::load(loader, config.transformer));
    TRY(ltx::TextConnectors::load(loader, config.text));
    return with_loras(narrowed(weights, shapes->asked()), files);
}

}  // namespace

base::Result<std::shared_ptr<Model>> open_tiny_ltx(const OpenOptions& options) {
    const auto weights = std::make_shared<GeneratedWeights>(kSeed);
    const base::Json json = TRY(base::parse_json(kConfig, "tiny-ltx"));
    const ltx::PipelineConfig config = TRY(ltx::parse_pipeline_config(json));
    LtxParts parts;
    parts.id = "tiny-ltx";
    parts.files = loras_identity(options.loras);
    ltx::PipelineSources sources = ltx::PipelineSources::one(weights);
    sources.transformer = TRY(bent(weights, config, options.loras));
    const auto pipeline =
        std::make_shared<const ltx::Pipeline>(TRY(ltx::Pipeline::load(sources, config)));
    parts.pipeline = pipeline;
    const auto gemma =
        std::make_shared<const Gemma>(TRY(Gemma::load(Loader(weights, "model."), text_config())));
    parts.reference_shrink =
        TRY(reference_shrink(TRY(loras_for(options.loras, LoraUse::Expert::Both))));
    const auto states = [gemma](const std::string& prompt,
                                const base::CancelToken* cancel) -> base::Result<States> {
        std::vector<int32_t> ids = {byte_tokenizer()->id_of("<bos>")};
        const std::vector<int32_t> bytes = TRY(byte_tokenizer()->encode(prompt));
        ids.insert(
            ids.end(), bytes.begin(),
            bytes.begin() + static_cast<long>(std::min<size_t>(bytes.size(), kTextTokens - 1)));
        const std::vector<int32_t> ones(ids.size(), 1);
        return States{TRY(gemma->hidden_states(ids, cancel)),
                      tensor::Tensor::from_i32({1, static_cast<int64_t>(ids.size())}, ones)};
    };
    parts.read = [states, pipeline](
                     const std::string& prompt,
                     const base::CancelToken* cancel) -> base::Result<ltx::TextContext> {
        const States read = TRY(states(prompt, cancel));
        return pipeline->read(read.hidden, read.mask, cancel);
    };
    const auto head = std::make_shared<const ltx::DurationHead>(
        TRY(ltx::DurationHead::load(Loader(weights, "duration_head."), {64, 32, 16, 1, 4, 16})));
    parts.seconds = [states, pipeline, head](
                        const std::string& prompt,
                        const base::CancelToken* cancel) -> base::Result<double> {
        const States read = TRY(states(prompt, cancel));
        const ltx::TextContext context = TRY(pipeline->connect(read.hidden, read.mask, cancel));
        return TRY((*head)(context.video, context.audio)).f32()[0];
    };
    if (options.diffusion_decoder) {
        parts.diffusion = std::make_shared<const ltx::DiffusionDecoder>(
            TRY(ltx::DiffusionDecoder::load(Loader(weights, "diffusion."), decoder_config())));
    }
    parts.sampling = [](int64_t steps) -> base::Result<ltx::Sampling> {
        ltx::Sampling sampling = TRY(ltx::distilled_sampling("2.3"));
        if (steps > 0) sampling.sigmas = sampler::shifted_sigmas(steps, 4096);
        return sampling;
    };
    parts.most_tokens = 6000;
    return make_ltx_model(std::move(parts));
}

}  // namespace neural
