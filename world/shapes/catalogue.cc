#include "world/shapes/catalogue.h"

#include <map>

namespace world {
namespace {

const std::map<std::string_view, const kit::Noun*>& catalogue() {
    static const std::map<std::string_view, const kit::Noun*> table = [] {
        std::map<std::string_view, const kit::Noun*> out;
        for (const auto family :
             {kit::balls_nouns(),        kit::bird_nouns(),         kit::building_nouns(),
              kit::clothing_nouns(),     kit::craft_nouns(),        kit::desk_nouns(),
              kit::device_nouns(),       kit::dishes_nouns(),       kit::figure_nouns(),
              kit::fruit_nouns(),        kit::furniture_nouns(),    kit::games_nouns(),
              kit::kitchen_nouns(),      kit::machine_nouns(),      kit::music_nouns(),
              kit::plain_shapes_nouns(), kit::plant_nouns(),        kit::quadruped_nouns(),
              kit::reptile_nouns(),      kit::road_vehicle_nouns(), kit::sea_nouns(),
              kit::small_mammal_nouns(), kit::sport_nouns(),        kit::stone_nouns(),
              kit::tool_nouns(),         kit::toy_nouns(),          kit::vessels_nouns()}) {
            for (const kit::Noun& noun : family) out.emplace(noun.kind, &noun);
        }
        return out;
    }();
    return table;
}

}  // namespace

ShapePtr build_shape(const ShapeRequest& request) {
    const auto found = catalogue().find(request.kind);
    if (found == catalogue().end()) return nullptr;
    const kit::Noun& noun = *found->second;
    kit::Maker maker(request);
    noun.build(maker);
    return maker.finish(request.size_m.value_or(noun.size_m), noun.size_m, noun.material);
}

bool has_shape(std::string_view kind) { return catalogue().contains(kind); }

std::vector<std::string> shape_kinds() {
    std::vector<std::string> out;
    for (const auto& [kind, noun] : catalogue()) out.emplace_back(kind);
    return out;
}

}  // namespace world
