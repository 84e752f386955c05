{if $pages > 1}
<p class="actions-center">
	{if $page > 1}{linkbutton href="?%sp=%d"|args:$query:$previous label="Page précédente" shape="left"}{/if}
	Page {$page} sur {$pages}
	{if $page < $pages}{linkbutton href="?%sp=%d"|args:$query:$next label="Page suivante" shape="right"}{/if}
</p>
{/if}
