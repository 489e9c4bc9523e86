#include "neural/goldens/components.h"

#include <map>

namespace neural::goldens {

RunCase find_component(const std::string& name) {
    static const std::map<std::string, RunCase> table = {
        {"ltx.transformer", run_ltx_transformer},
        {"ltx.text_connectors", run_ltx_text_connectors},
        {"ltx.video_vae", run_ltx_video_vae},
        {"ltx.diffusion_decoder", run_ltx_diffusion_decoder},
        {"ltx.audio_vae", run_ltx_audio_vae},
        {"ltx.vocoder", run_ltx_vocoder},
        {"ltx.latent_upsampler", run_ltx_latent_upsampler},
        {"ltx.duration_head", run_ltx_duration_head},
        {"ltx.sigmas", run_ltx_sigmas},
        {"ltx.euler_steps", run_ltx_euler_steps},
        {"ltx.ancestral_steps", run_ltx_ancestral_steps},
        {"ltx.guidance", run_ltx_guidance},
        {"ltx.pipeline", run_ltx_pipeline},
        {"wan.transformer", run_wan_transformer},
        {"wan21.transformer", run_wan_transformer},
        {"wan.vae2.1", run_wan_vae21},
        {"wan.vae2.2", run_wan_vae22},
        {"wan.umt5", run_wan_umt5},
        {"wan.unipc", run_wan_unipc},
        {"wan.dpmpp", run_wan_dpmpp},
        {"wan.euler", run_wan_euler},
        {"wan.pipeline", run_wan_pipeline},
        {"wan.pipeline_t2v_a14b", run_wan_pipeline_t2v_a14b},
        {"wan.pipeline_i2v_a14b", run_wan_pipeline_i2v_a14b},
    };
    const auto found = table.find(name);
    return found == table.end() ? nullptr : found->second;
}

}  // namespace neural::goldens
