#include "CAssets.h"

// `#embed` can't stand in a macro, so each file has its array here and its line in the table below.

static const uint8_t lua_admit[] = {
#embed "lua/admit.lua"
};
static const uint8_t lua_live[] = {
#embed "lua/live.lua"
};
static const uint8_t lua_queue_acknowledge[] = {
#embed "lua/queue_acknowledge.lua"
};
static const uint8_t lua_queue_append[] = {
#embed "lua/queue_append.lua"
};
static const uint8_t lua_queue_claim[] = {
#embed "lua/queue_claim.lua"
};
static const uint8_t lua_queue_depth[] = {
#embed "lua/queue_depth.lua"
};
static const uint8_t lua_queue_extend[] = {
#embed "lua/queue_extend.lua"
};
static const uint8_t lua_queue_leave[] = {
#embed "lua/queue_leave.lua"
};
static const uint8_t lua_queue_offer[] = {
#embed "lua/queue_offer.lua"
};
static const uint8_t lua_queue_postpone[] = {
#embed "lua/queue_postpone.lua"
};
static const uint8_t lua_queue_promote[] = {
#embed "lua/queue_promote.lua"
};
static const uint8_t lua_queue_reclaim[] = {
#embed "lua/queue_reclaim.lua"
};
static const uint8_t lua_recover[] = {
#embed "lua/recover.lua"
};
static const uint8_t lua_seal[] = {
#embed "lua/seal.lua"
};
static const uint8_t lua_seen[] = {
#embed "lua/seen.lua"
};
static const uint8_t lua_settle[] = {
#embed "lua/settle.lua"
};
static const uint8_t lua_touched[] = {
#embed "lua/touched.lua"
};
static const uint8_t sql_0001_errors[] = {
#embed "sql/0001_errors.sql"
};
static const uint8_t sql_0002_ledger_and_dead_letters[] = {
#embed "sql/0002_ledger_and_dead_letters.sql"
};
static const uint8_t sql_0003_series_and_status[] = {
#embed "sql/0003_series_and_status.sql"
};
static const uint8_t sql_0004_occurrences[] = {
#embed "sql/0004_occurrences.sql"
};
static const uint8_t sql_0005_lists[] = {
#embed "sql/0005_lists.sql"
};
static const uint8_t sql_0006_retention[] = {
#embed "sql/0006_retention.sql"
};
static const uint8_t sql_0007_facets_bytes[] = {
#embed "sql/0007_facets_bytes.sql"
};
static const uint8_t sql_0008_events[] = {
#embed "sql/0008_events.sql"
};
static const uint8_t sql_0009_dead_letters[] = {
#embed "sql/0009_dead_letters.sql"
};
static const uint8_t sql_insert_error_details[] = {
#embed "sql/insert_error_details.sql"
};
static const uint8_t sql_insert_error_words[] = {
#embed "sql/insert_error_words.sql"
};
static const uint8_t sql_insert_errors[] = {
#embed "sql/insert_errors.sql"
};
static const uint8_t sql_insert_event_path_names[] = {
#embed "sql/insert_event_path_names.sql"
};
static const uint8_t sql_insert_events[] = {
#embed "sql/insert_events.sql"
};
static const uint8_t sql_insert_forgotten_errors[] = {
#embed "sql/insert_forgotten_errors.sql"
};
static const uint8_t sql_insert_ledger[] = {
#embed "sql/insert_ledger.sql"
};
static const uint8_t sql_insert_occurrences[] = {
#embed "sql/insert_occurrences.sql"
};
static const uint8_t sql_insert_status_changes[] = {
#embed "sql/insert_status_changes.sql"
};
static const uint8_t sql_lock_errors[] = {
#embed "sql/lock_errors.sql"
};
static const uint8_t sql_lock_old_errors[] = {
#embed "sql/lock_old_errors.sql"
};
static const uint8_t sql_select_batch_events[] = {
#embed "sql/select_batch_events.sql"
};
static const uint8_t sql_select_crowded_occurrences[] = {
#embed "sql/select_crowded_occurrences.sql"
};
static const uint8_t sql_select_dead_letter[] = {
#embed "sql/select_dead_letter.sql"
};
static const uint8_t sql_select_dead_letters[] = {
#embed "sql/select_dead_letters.sql"
};
static const uint8_t sql_select_error_detail[] = {
#embed "sql/select_error_detail.sql"
};
static const uint8_t sql_select_errors[] = {
#embed "sql/select_errors.sql"
};
static const uint8_t sql_select_occurrence_sizes[] = {
#embed "sql/select_occurrence_sizes.sql"
};
static const uint8_t sql_select_occurrences[] = {
#embed "sql/select_occurrences.sql"
};
static const uint8_t sql_select_old_errors[] = {
#embed "sql/select_old_errors.sql"
};
static const uint8_t sql_select_old_occurrences[] = {
#embed "sql/select_old_occurrences.sql"
};
static const uint8_t sql_select_own_event_users[] = {
#embed "sql/select_own_event_users.sql"
};
static const uint8_t sql_select_resolved[] = {
#embed "sql/select_resolved.sql"
};
static const uint8_t sql_select_series[] = {
#embed "sql/select_series.sql"
};
static const uint8_t sql_select_status_changes[] = {
#embed "sql/select_status_changes.sql"
};
static const uint8_t sql_select_unlisted_errors[] = {
#embed "sql/select_unlisted_errors.sql"
};
static const uint8_t sql_upsert_counts[] = {
#embed "sql/upsert_counts.sql"
};
static const uint8_t sql_upsert_dead_letter[] = {
#embed "sql/upsert_dead_letter.sql"
};
static const uint8_t sql_upsert_event_paths[] = {
#embed "sql/upsert_event_paths.sql"
};
static const uint8_t sql_upsert_event_stats[] = {
#embed "sql/upsert_event_stats.sql"
};
static const uint8_t sql_upsert_event_users[] = {
#embed "sql/upsert_event_users.sql"
};
static const uint8_t sql_upsert_facets[] = {
#embed "sql/upsert_facets.sql"
};
static const uint8_t sql_upsert_series[] = {
#embed "sql/upsert_series.sql"
};
static const uint8_t openapi[] = {
#embed "../../docs/openapi.yaml"
};

#define ASSET(path, array) {path, array, sizeof array}
static const ei_asset assets[] = {
    ASSET("lua/admit.lua", lua_admit),
    ASSET("lua/live.lua", lua_live),
    ASSET("lua/queue_acknowledge.lua", lua_queue_acknowledge),
    ASSET("lua/queue_append.lua", lua_queue_append),
    ASSET("lua/queue_claim.lua", lua_queue_claim),
    ASSET("lua/queue_depth.lua", lua_queue_depth),
    ASSET("lua/queue_extend.lua", lua_queue_extend),
    ASSET("lua/queue_leave.lua", lua_queue_leave),
    ASSET("lua/queue_offer.lua", lua_queue_offer),
    ASSET("lua/queue_postpone.lua", lua_queue_postpone),
    ASSET("lua/queue_promote.lua", lua_queue_promote),
    ASSET("lua/queue_reclaim.lua", lua_queue_reclaim),
    ASSET("lua/recover.lua", lua_recover),
    ASSET("lua/seal.lua", lua_seal),
    ASSET("lua/seen.lua", lua_seen),
    ASSET("lua/settle.lua", lua_settle),
    ASSET("lua/touched.lua", lua_touched),
    ASSET("sql/0001_errors.sql", sql_0001_errors),
    ASSET("sql/0002_ledger_and_dead_letters.sql", sql_0002_ledger_and_dead_letters),
    ASSET("sql/0003_series_and_status.sql", sql_0003_series_and_status),
    ASSET("sql/0004_occurrences.sql", sql_0004_occurrences),
    ASSET("sql/0005_lists.sql", sql_0005_lists),
    ASSET("sql/0006_retention.sql", sql_0006_retention),
    ASSET("sql/0007_facets_bytes.sql", sql_0007_facets_bytes),
    ASSET("sql/0008_events.sql", sql_0008_events),
    ASSET("sql/0009_dead_letters.sql", sql_0009_dead_letters),
    ASSET("sql/insert_error_details.sql", sql_insert_error_details),
    ASSET("sql/insert_error_words.sql", sql_insert_error_words),
    ASSET("sql/insert_errors.sql", sql_insert_errors),
    ASSET("sql/insert_event_path_names.sql", sql_insert_event_path_names),
    ASSET("sql/insert_events.sql", sql_insert_events),
    ASSET("sql/insert_forgotten_errors.sql", sql_insert_forgotten_errors),
    ASSET("sql/insert_ledger.sql", sql_insert_ledger),
    ASSET("sql/insert_occurrences.sql", sql_insert_occurrences),
    ASSET("sql/insert_status_changes.sql", sql_insert_status_changes),
    ASSET("sql/lock_errors.sql", sql_lock_errors),
    ASSET("sql/lock_old_errors.sql", sql_lock_old_errors),
    ASSET("sql/select_batch_events.sql", sql_select_batch_events),
    ASSET("sql/select_crowded_occurrences.sql", sql_select_crowded_occurrences),
    ASSET("sql/select_dead_letter.sql", sql_select_dead_letter),
    ASSET("sql/select_dead_letters.sql", sql_select_dead_letters),
    ASSET("sql/select_error_detail.sql", sql_select_error_detail),
    ASSET("sql/select_errors.sql", sql_select_errors),
    ASSET("sql/select_occurrence_sizes.sql", sql_select_occurrence_sizes),
    ASSET("sql/select_occurrences.sql", sql_select_occurrences),
    ASSET("sql/select_old_errors.sql", sql_select_old_errors),
    ASSET("sql/select_old_occurrences.sql", sql_select_old_occurrences),
    ASSET("sql/select_own_event_users.sql", sql_select_own_event_users),
    ASSET("sql/select_resolved.sql", sql_select_resolved),
    ASSET("sql/select_series.sql", sql_select_series),
    ASSET("sql/select_status_changes.sql", sql_select_status_changes),
    ASSET("sql/select_unlisted_errors.sql", sql_select_unlisted_errors),
    ASSET("sql/upsert_counts.sql", sql_upsert_counts),
    ASSET("sql/upsert_dead_letter.sql", sql_upsert_dead_letter),
    ASSET("sql/upsert_event_paths.sql", sql_upsert_event_paths),
    ASSET("sql/upsert_event_stats.sql", sql_upsert_event_stats),
    ASSET("sql/upsert_event_users.sql", sql_upsert_event_users),
    ASSET("sql/upsert_facets.sql", sql_upsert_facets),
    ASSET("sql/upsert_series.sql", sql_upsert_series),
    ASSET("openapi.yaml", openapi),
};

const ei_asset *ei_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
