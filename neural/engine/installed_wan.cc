#include "neural/engine/installed.h"
#include "neural/engine/kept_clip.h"
#include "neural/engine/loras.h"
#include "neural/engine/memory_share.h"
#include "neural/engine/wan_model.h"
#include "neural/wan/pipeline/checkpoint.h"
#include "neural/weights/stream.h"

namespace neural {
namespace {

// What the publishers ask models not to make, in words: quality first, then faults.
constexpr const char* kNegative =
    "blurry, low quality, overexposed, static, jpeg artefacts, subtitles, watermark, deformed "
    "hands, "
    "deformed face, extra fingers, crowded background";

}  // namespace

base::Result<std::shared_ptr<Model>> open_wan(const std::string& id, const std::string& folder,
                                              const OpenOptions& options) {
    using Expert = LoraUse::Expert;
    wan::Checkpoint found = TRY(wan::find_checkpoint(folder));
    const bool two = !found.high_noise.empty();
    found.loras = TRY(loras_for(options.loras, two ? Expert::LowNoise : Expert::Both));
    if (two) found.high_noise_loras = TRY(loras_for(options.loras, Expert::HighNoise));
    const auto checkpoint = std::make_shared<const wan::Checkpoint>(std::move(found));
    WanParts parts;
    parts.id = id;
    parts.files = TRY(files_identity(folder)) + loras_identity(options.loras);
    parts.weights = {checkpoint->transformer, checkpoint->vae, checkpoint->text_encoder};
    if (!checkpoint->high_noise.empty()) parts.weights.push_back(checkpoint->high_noise);
    parts.defaults = checkpoint->model;
    const MemoryShare memory(options.memory_bytes);
    parts.models = TRY(wan::open_models(*checkpoint, memory.weights_bytes()));
    if (memory.limited()) {
        // Transformers and the text model are open while they are used; the autoencoder stays.
        parts.begin_nets = [memory, vae = parts.models.vae_weights] {
            let_go(*vae);
            memory.for_nets();
        };
        parts.begin_pictures = [memory] { memory.for_pictures(); };
    }
    parts.negative = kNegative;
    // The text model is larger than some transformers: it is opened for a prompt and let go.
    parts.read = [checkpoint, memory](
                     const std::string& prompt,
                     const base::CancelToken* cancel) -> base::Result<tensor::Tensor> {
        const wan::TextEncoder encoder =
            TRY(wan::TextEncoder::load(*checkpoint, memory.weights_bytes()));
        return encoder.encode(prompt, cancel);
    };
    return make_wan_model(std::move(parts));
}

}  // namespace neural
