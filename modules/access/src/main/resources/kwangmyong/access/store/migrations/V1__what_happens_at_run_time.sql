-- Plain SQL that H2 and PostgreSQL both take. The id tells rows of a table apart; the rest is for people and their queries.
create table given_grant (
    id varchar(512) primary key,
    subject varchar(256) not null,
    added varchar(4000) not null,
    begins timestamp(6) with time zone not null,
    ends timestamp(6) with time zone not null,
    reason text not null,
    given_by varchar(256) not null
);

create table terminal_session (
    id varchar(512) primary key,
    session varchar(64) not null,
    subject varchar(256) not null,
    since timestamp(6) with time zone not null,
    ends timestamp(6) with time zone
);

create table empty_seat (
    id varchar(512) primary key
);

create table person (
    id varchar(512) primary key,
    description text not null,
    clearance varchar(4000) not null,
    mailbox varchar(512),
    seats text not null,
    since timestamp(6) with time zone not null,
    made_by varchar(256) not null
);

create table account_password (
    id varchar(512) primary key,
    whose varchar(16) not null,
    name varchar(256) not null,
    hash varchar(512),
    declared varchar(512),
    since timestamp(6) with time zone not null,
    made_by varchar(256) not null
);

create table account_key (
    id varchar(512) primary key,
    whose varchar(16) not null,
    name varchar(256) not null,
    fingerprint varchar(128) not null,
    line text not null,
    since timestamp(6) with time zone not null,
    made_by varchar(256) not null
);

create table account_lock (
    id varchar(512) primary key,
    whose varchar(16) not null,
    name varchar(256) not null,
    reason text not null,
    since timestamp(6) with time zone not null,
    made_by varchar(256) not null
);

create table api_token (
    id varchar(512) primary key,
    operator varchar(256) not null,
    label text not null,
    hash varchar(128) not null,
    scopes text not null,
    since timestamp(6) with time zone not null,
    ends timestamp(6) with time zone not null,
    made_by varchar(256) not null
);
