/* dragoman: reads text and keeps the record of international relations that is in it. */
#ifndef DRAGOMAN_DRAGOMAN_H
#define DRAGOMAN_DRAGOMAN_H

#include <dragoman/ask.h>
#include <dragoman/base.h>
#include <dragoman/classify.h>
#include <dragoman/document.h>
#include <dragoman/engine.h>
#include <dragoman/ontology.h>
#include <dragoman/record.h>
#include <dragoman/score.h>
#include <dragoman/show.h>
#include <dragoman/store.h>

#endif
