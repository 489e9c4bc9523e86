#include "script/words/set.h"

#include <algorithm>
#include <unordered_map>

#include "base/text/text.h"
#include "script/words/first_words.h"
#include "script/words/inflect.h"

namespace script {
namespace {

const std::vector<Set> kSets = {
    {"gym", "wood", false, "floor wall hoop hoop.rim hoop.board net bench ceiling"},
    {"stairs", "stone", false, "stairs step floor wall landing railing"},
    {"ice_rink", "ice", false, "floor board ice wall"},
    {"table", "wood", false, "table floor"},
    {"street", "asphalt", true, "road kerb wall floor lamp"},
    {"kitchen", "tile", false, "floor wall table counter shelf window ceiling"},
    {"living_room", "wood", false, "floor wall table shelf sofa window ceiling rug"},
    {"beach", "sand", true, "floor sea sand water"},
    {"forest", "grass", true, "floor"},
    {"pool", "tile", true, "floor water pool_edge pool_wall pool_floor"},
    {"lab", "concrete", false, "floor wall table bench ceiling"},
    {"stage", "wood", false, "floor curtain wall"},
    {"bowling_alley", "wood", false, "floor lane gutter wall"},
    {"billiard_hall", "felt", false, "table cushion pocket floor"},
    {"bedroom", "carpet", false, "floor wall bed window shelf ceiling"},
    {"park", "grass", true, "floor bench road"},
    {"desert", "sand", true, "floor"},
    {"mountain_meadow", "grass", true, "floor"},
    {"warehouse", "concrete", false, "floor wall ceiling"},
    {"construction_site", "sand", true, "floor"},
    {"rooftop", "concrete", true, "floor wall ledge"},
    {"moon", "sand", true, "floor"},
    {"studio", "plaster", false, "floor wall"},
    {"garden", "grass", true, "floor fence"},
    {"football_field", "grass", true, "floor goal"},
    {"snow_field", "snow", true, "floor"},
    {"classroom", "wood", false, "floor wall table desk window board"},
    {"lake", "water", true, "water floor"},
};

struct WordRow {
    std::string_view set, words;  // '~' near thing, '+' also a thing or a part
};

constexpr WordRow kWords[] = {
    {"gym",
     "gym gymnasium sports_hall basketball_court basketball_arena arena court ~stadium "
     "basketball_gym school_gym hardwood_court ~boxing_ring ~tennis_court"},
    {"stairs", "+stairs +stairway +staircase +stairwell +steps +flight_of_stairs +flight_of_steps"},
    {"ice_rink",
     "ice_rink skating_rink rink hockey_rink ice_arena ice_hockey_rink ice_skating_rink "
     "ice_stadium"},
    {"table",
     "table_top tabletop +table +desk +dining_table +kitchen_table +desktop +workbench "
     "+coffee_table +picnic_table"},
    {"street",
     "street +road city downtown +highway alley ~sidewalk avenue town boulevard crossroads "
     "intersection ~parking_lot ~car_park ~city_street ~village ~motorway ~crosswalk "
     "new_york ~tokyo ~london ~paris suburb driveway ~bridge_road ~racetrack ~race_track "
     "~racing_circuit pavement ~airport ~runway ~train_station ~railway_station"},
    {"kitchen", "kitchen ~restaurant ~diner ~cafe ~bakery ~coffee_shop cookhouse ~bar ~pub"},
    {"living_room",
     "living_room livingroom lounge sitting_room parlour parlor ~house ~home room "
     "~apartment ~flat quiet_room ~library ~office ~hotel ~museum ~hallway ~corridor "
     "~mansion ~attic indoors inside ~palace ~hotel_lobby dining_room"},
    {"beach",
     "beach seaside shore seashore coast ~shoreline seafront sandy_beach ~island "
     "tropical_beach ~harbour ~harbor ~pier"},
    {"forest",
     "forest woods woodland forest_clearing clearing ~jungle ~rainforest ~grove glade ~swamp"},
    {"pool", "+swimming_pool +pool poolside +lido indoor_pool outdoor_pool +water_tank ~aquarium"},
    {"lab", "lab laboratory science_lab research_lab physics_lab ~workshop ~hospital ~clinic"},
    {"stage",
     "stage theatre theater concert_hall concert opera_house ~circus nightclub ~club disco "
     "~ballroom ~dance_floor +theatre_stage ~concert_stage ~opera"},
    {"bowling_alley",
     "bowling_alley bowling_lane bowling_hall bowling_centre bowling_center alleys "
     "ten_pin_alley"},
    {"billiard_hall",
     "billiard_hall pool_hall pool_room snooker_hall billiard_room +billiard_table "
     "+pool_table +snooker_table +billiards_table"},
    {"bedroom", "bedroom nursery ~hotel_room ~dormitory ~bathroom"},
    {"park",
     "park playground skatepark skate_park lawn city_park public_park ~zoo ~fairground "
     "~amusement_park ~golf_course ~golf_green ~putting_green"},
    {"desert",
     "desert dunes sand_dunes sahara ~wild_west ~canyon ~savanna ~savannah badlands ~mars"},
    {"mountain_meadow",
     "meadow mountain_meadow mountains alps ~valley field pasture hillside prairie "
     "countryside ~mountain ~farm ~hilltop grassland ~farmyard +hill ~cliff_top "
     "outdoors outside ~sky ~nature"},
    {"warehouse",
     "warehouse factory hangar ~garage ~basement depot ~industrial_hall ~cellar ~barn "
     "~dungeon ~cave ~subway ~tunnel"},
    {"construction_site",
     "construction_site building_site demolition_site ~quarry ~junkyard "
     "~scrapyard"},
    {"rooftop", "rooftop roof roof_top ~balcony ~terrace +rooftops"},
    {"moon", "moon lunar_surface moon_surface surface_of_the_moon ~space ~outer_space"},
    {"studio",
     "studio photo_studio white_background plain_background empty_room white_room "
     "green_screen ~void black_background seamless_background blank_background"},
    {"garden", "garden backyard yard front_yard back_yard ~greenhouse ~orchard ~vegetable_garden"},
    {"football_field",
     "football_field soccer_field football_pitch soccer_pitch pitch football_stadium "
     "soccer_stadium ~rugby_pitch ~baseball_field ~cricket_pitch playing_field "
     "sports_field"},
    {"snow_field",
     "snow_field snowfield ski_slope ~antarctica ~arctic tundra snowy_field winter "
     "winter_landscape snowy_landscape ~north_pole ~south_pole slope +snow"},
    {"classroom", "classroom school schoolroom ~university ~lecture_hall"},
    {"lake",
     "lake lakeside +pond ~river ~riverbank ~stream ~brook ~creek ~sea ~ocean ~canal ~open_sea "
     "~underwater ~bay"},
};

// Canonical parts with the words for them.
constexpr WordRow kParts[] = {
    {"floor", "floor ground floorboards flooring earth surface"},
    {"wall", "wall"},
    {"ceiling", "ceiling"},
    {"table", "table tabletop table_top desk worktop kitchen_table dining_table coffee_table"},
    {"shelf", "shelf ledge bookshelf mantelpiece mantel"},
    {"counter", "counter countertop kitchen_counter worktop"},
    {"stairs", "stairs staircase steps stairway flight_of_stairs flight_of_steps"},
    {"step", "step stair"},
    {"hoop", "hoop basket basketball_hoop"},
    {"hoop.rim", "rim"},
    {"hoop.board", "backboard"},
    {"net", "net"},
    {"pool_edge", "pool_edge edge_of_the_pool poolside"},
    {"pool_wall", "pool_wall"},
    {"pool_floor", "pool_floor bottom_of_the_pool"},
    {"water", "water swimming_pool pool pond lake sea ocean river stream brook creek"},
    {"lane", "lane bowling_lane"},
    {"gutter", "gutter"},
    {"cushion", "cushion"},
    {"pocket", "pocket corner_pocket side_pocket"},
    {"bench", "bench"},
    {"road", "road street highway"},
    {"kerb", "kerb curb"},
    {"window", "window windowsill window_sill"},
    {"door", "door doorway"},
    {"board", "boards"},
    {"goal", "goal goalmouth soccer_goal football_goal"},
};

std::string normalised(std::string_view words) {
    std::string key(words);
    for (char& c : key) {
        if (c == ' ' || c == '-') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

struct Tables {
    std::unordered_map<std::string, SetMatch> words;
    std::unordered_map<std::string, std::string_view> parts;
    std::vector<std::pair<std::string, std::string>> listing, part_listing;
    FirstWords first, first_part;
};

Tables build() {
    Tables tables;
    const auto add = [&](std::string word, const SetMatch& match) {
        tables.first.add(word, '_');
        if (tables.words.emplace(word, match).second) {
            tables.listing.emplace_back(word, match.set->name);
        }
    };
    for (const Set& set : kSets) {
        const bool thing =
            set.name == "table" || set.name == "stairs" || set.name == "pool" || set.name == "moon";
        add(std::string(set.name),
            {&set, false, thing, set.name == "moon" ? "moon" : std::string_view()});
    }
    for (const WordRow& row : kWords) {
        const Set* set = set_of_name(row.set);
        for (std::string word : base::split(row.words, ' ')) {
            if (word.empty()) continue;
            SetMatch match{set};
            if (word[0] == '~') match.loose = true;
            if (word[0] == '+') match.also_thing = true;
            if (match.loose || match.also_thing) word.erase(0, 1);
            if (row.set == "moon") match.gravity = match.loose ? "zero" : "moon";
            add(word, match);
        }
    }
    for (const WordRow& row : kParts) {
        for (const std::string& word : base::split(row.words, ' ')) {
            tables.first_part.add(word, '_');
            if (tables.parts.emplace(word, row.set).second) {
                tables.part_listing.emplace_back(word, row.set);
            }
        }
    }
    return tables;
}

const Tables& tables() {
    static const Tables instance = build();
    return instance;
}

}  // namespace

const std::vector<Set>& sets() { return kSets; }

const Set* set_of_name(std::string_view name) {
    for (const Set& set : kSets) {
        if (set.name == name) return &set;
    }
    return nullptr;
}

bool set_has_part(std::string_view set_name, std::string_view part) {
    const Set* set = set_of_name(set_name);
    if (set == nullptr || part.empty()) return false;
    for (const std::string& name : base::split(set->parts, ' ')) {
        if (name == part) return true;
    }
    return false;
}

std::optional<SetMatch> match_set(std::string_view words) {
    if (words.empty() || words.size() > 64) return std::nullopt;
    for (const std::string& candidate : singular_candidates(normalised(words))) {
        const auto found = tables().words.find(candidate);
        if (found != tables().words.end()) return found->second;
    }
    return std::nullopt;
}

const Set* find_set(std::string_view words) {
    const auto match = match_set(words);
    return match ? match->set : nullptr;
}

std::optional<std::string_view> find_set_part(std::string_view word) {
    if (word.size() > 64) return std::nullopt;
    for (const std::string& candidate : singular_candidates(normalised(word))) {
        const auto found = tables().parts.find(candidate);
        if (found != tables().parts.end()) return found->second;
    }
    return std::nullopt;
}

int longest_set_words(const std::string& first) { return tables().first.longest(first); }
int longest_part_words(const std::string& first) { return tables().first_part.longest(first); }
std::vector<std::pair<std::string, std::string>> all_set_words() { return tables().listing; }
std::vector<std::pair<std::string, std::string>> all_part_words() { return tables().part_listing; }

}  // namespace script
