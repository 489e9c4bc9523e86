#include "studio/worker/checkpoint.h"

#include "base/json/json.h"
#include "media/pieces.h"

namespace studio {
namespace {

using base::Json;

constexpr const char* kSchema = "aozora-checkpoint/1";

}  // namespace

std::string checkpoint_json(const DoneParts& done) {
    Json parts = Json::array();
    for (const DonePart& part : done.parts) {
        parts.push_back(
            {{"name", part.name}, {"frames", part.frames}, {"frame_hash", part.frame_hash}});
    }
    return Json({{"schema", kSchema}, {"film", done.film}, {"parts", parts}}).dump();
}

std::string neural_checkpoint_json() {
    return Json({{"schema", kSchema}, {"film", "neural"}, {"parts", Json::array()}}).dump();
}

DoneParts read_checkpoint(const std::string& text, const std::string& film,
                          const std::string& folder) {
    DoneParts done{film, {}};
    const auto json = base::parse_json(text, "checkpoint");
    if (!json.ok()) return done;
    try {
        if (json->at("schema") != kSchema || json->at("film") != film) return done;
        for (const Json& one : json->at("parts")) {
            DonePart part{one.at("name").get<std::string>(), one.at("frames").get<int64_t>(),
                          one.at("frame_hash").get<std::string>()};
            if (part.name.find('/') != std::string::npos) break;
            const auto pictures = media::count_pictures(folder + "/" + part.name);
            if (!pictures.ok() || *pictures != part.frames || part.frames <= 0) break;
            done.parts.push_back(std::move(part));
        }
    } catch (const Json::exception&) {
        // What was read is good as far as it goes.
    }
    return done;
}

}  // namespace studio
